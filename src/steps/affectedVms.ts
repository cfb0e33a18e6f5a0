import { info } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { runningVms } from '../sources/metrics';

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
