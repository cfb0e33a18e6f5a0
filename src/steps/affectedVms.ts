import { info } from '../engine/finding';
import { msg } from '../engine/message';
import { type Query, promql } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';

// One series per VM instance: kubevirt v1.8.4, pkg/monitoring/metrics/virt-controller/vmistats_collector.go.
const RUNNING: Query = promql`count(kubevirt_vmi_info{phase="running"})`;
const RAW: Query = promql`kubevirt_vmi_info{phase="running"}`;

/** How many VMs run, where none of them notices: what stopped is not what carries them. */
export const noVmNotices = step({
  id: 'affected-vms',
  asks: msg('Which VMs notice?'),
  reads: { running: metric(RUNNING, RAW) },
  required: false,
  reasons: ['none'],
  check: ({ running: { items: [series] } }) => {
    const count = series?.points[0]?.[1];
    return count === undefined
      ? info('none', msg('None: running VMs go on without it. How many run is not known, because their metric has no value.'))
      : info('none', msg('None: 0 of {{running}} running VMs. They go on without it.', { running: count }));
  },
});
