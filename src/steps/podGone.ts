import { fail, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { kinds } from '../sources/kinds';

/** Is one pod gone? Seen after a mitigation; a new one of that name is another. */
export const podGone = ({ namespace, name, uid }: { readonly namespace: string; readonly name: string; readonly uid: string }) => step({
  id: `pod-gone:${namespace}/${name}`,
  asks: msg('Is the pod {{name}} gone?', { name }),
  reads: { pod: { kind: 'object', of: kinds.Pod, in: namespace, name, part: 'full' } },
  reasons: ['gone', 'ending'],
  check: ({ pod: { items: [pod] } }) => {
    const details = { expected: msg('gone'), actual: pod?.metadata.uid === uid ? msg('still there') : msg('gone') };
    return pod?.metadata.uid === uid ? fail('ending', msg('Not yet. The pod {{name}} has until the end of its grace period to finish what it does.', { name }), details) : pass('gone', msg('Yes. The pod {{name}} is gone.', { name }), details);
  },
});
