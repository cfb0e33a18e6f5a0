import { info } from '../engine/finding';
import { msg } from '../engine/message';
import { promql } from '../engine/source';
import { step } from '../engine/step';
import { metric, runningVms } from '../sources/metrics';

/** How many VMs run, where none of them notices: what stopped is not what carries them. */
export const noVmNotices = step({
  id: 'affected-vms',
  asks: msg('Which VMs notice?'),
  reads: { running: runningVms },
  required: false,
  reasons: ['none'],
  check: ({ running: { items: [series] } }) => {
    const count = series?.points[0]?.[1];
    return count === undefined
      ? info('none', msg('None: running VMs go on without it. How many run is not known, because their metric has no value.'))
      : info('none', msg('None: 0 of {{running}} running VMs. They go on without it.', { running: count }));
  },
});

/** Which VMs notice that nobody manages them: those that run go on, and everybody else waits. */
export const vmsUnmanaged = step({
  id: 'affected-vms',
  asks: msg('Which VMs notice?'),
  // The leader alone counts VMs, so without one their pods are counted.
  reads: { running: metric(promql`count(kube_pod_status_phase{pod=~"virt-launcher-.*",phase="Running"} == 1)`) },
  required: false,
  reasons: ['waiting'],
  check: ({ running: { items: [series] } }) => {
    const count = series?.points[0]?.[1];
    return count === undefined
      ? info('waiting', msg('Those that run go on. No VM is started, stopped, migrated or brought back.'))
      : info('waiting', msg('Running pods of VMs: {{count}}. They go on. No VM is started, stopped, migrated or brought back.', { count }));
  },
});
