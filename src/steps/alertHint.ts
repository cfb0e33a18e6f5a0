import { info, notApplicable, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';

const IMAGE = ['ErrImagePull', 'ImagePullBackOff'];

/** Do the labels of the alert already name a pod or a reason? Only some forms of the rules put them there. */
export const alertHint = step({
  id: 'alert-hint',
  asks: msg('Does the alert itself name a pod or a reason?'),
  why: msg('Some releases put the waiting reason of a pod on the alert. The rules of KubeVirt 1.8 do not.'),
  reads: {},
  required: false,
  reasons: ['none', 'imagePull', 'crashLoop', 'reason', 'pod'],
  check: (_, { labels: { reason, pod } }) => {
    if (reason !== undefined) {
      const code = IMAGE.includes(reason) ? 'imagePull' : reason === 'CrashLoopBackOff' ? 'crashLoop' : 'reason';
      return warn(code, msg('It names the reason {{reason}}.', { reason }));
    }
    return pod === undefined ? notApplicable('none', msg('No. This rule counts over all pods.')) : info('pod', msg('It names the pod {{pod}}.', { pod }));
  },
});
