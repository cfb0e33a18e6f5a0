import { type Choice, type Option, type Picked } from '../engine/choice';
import { type Late, text } from '../engine/late';
import { type Message, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type Plan, type Refusal, targetOf } from '../engine/operation';
import { type ListSource } from '../engine/source';
import { kinds } from '../sources/kinds';
import { type Pod } from '../sources/objects';
import { podGone } from '../steps/podGone';
import { type Words } from './patchField';

/** Set by the kubelet on the API's picture of a static pod: k8s.io/kubernetes pkg/kubelet/types, `ConfigMirrorAnnotationKey`. */
const MIRROR = 'kubernetes.io/config.mirror';

const keyOf = ({ metadata: { namespace, name } }: Pod): string => `${namespace}/${name}`;
const ownerOf = ({ metadata: { ownerReferences = [] } }: Pod) => ownerReferences.find(({ controller }) => controller);

/** Controllers that make a pod again, elsewhere if they can. A DaemonSet makes it again on the very node. */
const MAKE_AGAIN = ['ReplicaSet', 'StatefulSet', 'Job', 'ReplicationController'];

/** May it be evicted by a page? A launcher is a VM, to be migrated; a static pod comes from a file of its node; nobody makes a bare pod again. */
const isMovable = (pod: Pod): boolean => {
  const { labels = {}, annotations = {}, deletionTimestamp } = pod.metadata;
  const isOver = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  return labels['kubevirt.io'] !== 'virt-launcher' && labels['kubevirt.io'] !== 'hotplug-disk' && !(MIRROR in annotations) && !deletionTimestamp && !isOver && MAKE_AGAIN.includes(ownerOf(pod)?.kind ?? '');
};

const optionOf = (pod: Pod): Option => ({ value: keyOf(pod), label: msg('{{pod}}', { pod: keyOf(pod) }), hint: msg('{{kind}} {{name}} makes it again', { kind: ownerOf(pod)?.kind ?? '–', name: ownerOf(pod)?.name ?? '–' }) });

const choicesOf = (pods: readonly Pod[]): readonly Choice[] => {
  const [first, ...rest] = pods.filter(isMovable).map(optionOf);
  return first ? [{ id: 'pod', kind: 'one', asks: msg('Which pod is to go?'), options: [first, ...rest] }] : [];
};

const planFor = (pods: readonly Pod[], { pod: wanted }: Picked, effects: readonly Message[]): Plan | Refusal => {
  const chosen = pods.filter(isMovable).find((pod) => keyOf(pod) === wanted);
  if (!chosen) return { refused: msg('No pod there may be evicted: VMs are migrated instead, and static pods, those of DaemonSets and those that nobody makes again stay.') };
  const { name, namespace = '' } = chosen.metadata;
  return {
    sentence: msg('Evict the pod {{pod}} in {{namespace}}.', { pod: name, namespace }),
    operations: [{ id: 'evict', verb: 'evict', target: targetOf(kinds.Pod, chosen) }],
    effects: [
      msg('{{kind}} {{name}} makes a new one, on any node that has room.', { kind: ownerOf(chosen)?.kind ?? '–', name: ownerOf(chosen)?.name ?? '–' }),
      msg('A disruption budget of its owner is kept: while it says no, the server refuses this, and so does the preview.'),
      msg('Its log goes with it.'), ...effects,
    ],
    vmsAffected: msg('None. It is no pod of a VM.'),
    owner: msg('It belongs to whoever runs {{namespace}}. What it served is interrupted until the new one is ready.', { namespace }),
    confirm: { kind: 'acknowledge', says: msg('The owner of {{namespace}} agrees that the pod is replaced now.', { namespace }) },
    verify: [podGone({ namespace, name, uid: chosen.metadata.uid })],
    undo: { possible: false, says: msg('A pod does not come back. Its controller makes a new one.') },
  };
};

/** Replaces one pod of somebody else on a node, through the eviction API: disruption budgets hold. Never a launcher, a static pod or one of a DaemonSet. */
export const evictPod = ({ node, effects = [], ...words }: Words & { readonly node: Late<string>; readonly effects?: readonly Message[] }): ExecuteMitigation => {
  const pods: ListSource<Pod> = { kind: 'list', of: kinds.Pod, in: 'all namespaces', fields: text`spec.nodeName=${node}`, part: 'full', atMost: 500 };
  return execute({
    ...words, reads: { pods },
    choices: ({ pods: { items } }) => choicesOf(items),
    plan: ({ pods: { items } }, _, picked) => planFor(items, picked, effects),
  });
};
