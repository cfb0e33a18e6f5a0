import { type Finding, fail, info, pass } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { deployment } from '../sources/deployments';
import { nodes } from '../sources/nodes';
import { type Deployment, type KubeVirt, type Node } from '../sources/objects';
import { kubeVirts } from '../sources/virtualization';
import { type DeploymentWorkload } from '../sources/workload';
import { lastWriter } from './writers';

const REASONS = ['wanted', 'single', 'differs', 'scaledToZero', 'absent'] as const;
type Result = Finding<(typeof REASONS)[number]>;

interface Asking {
  readonly kubevirts: Evidence<KubeVirt>;
  readonly nodes: Evidence<Node>;
}

interface Seen extends Asking {
  readonly deployment: Evidence<Deployment>;
}

/** Least replicas of virt-api on more than one node, and nodes per further replica: KubeVirt 1.8.4, `getDesiredApiReplicas` in `apply/apps.go`. */
const LEAST = 2;
const NODES_PER_REPLICA = 10;

/**
 * What virt-operator asks for, pods: the number in the KubeVirt object, else one virt-api per ten nodes that take VMs and
 * two of everything else. Unknown where a patch of the KubeVirt object may say otherwise.
 */
const reckoned = (name: string, { kubevirts: { items: [kubevirt] }, nodes: { items } }: Asking): number | undefined => {
  const { infra, customizeComponents } = kubevirt?.spec ?? {};
  if (infra?.replicas !== undefined) return infra.replicas;
  if (kubevirt === undefined || customizeComponents?.patches?.some(({ resourceName, patch = '' }) => resourceName === name && patch.includes('replicas'))) return undefined;
  if (name !== 'virt-api') return LEAST;
  const takers = items.filter(({ metadata: { labels = {} } }) => labels['kubevirt.io/schedulable'] === 'true').length;
  if (items.length === 0) return undefined;
  return takers === 1 ? 1 : Math.max(LEAST, Math.floor(takers / NODES_PER_REPLICA));
};

/** Pods that virt-operator would ask for of a component; two where that cannot be told. */
export const askedFor = (name: string, seen: Asking): number => reckoned(name, seen) ?? LEAST;

const askedText = (asked: number | undefined): Message =>
  (asked === undefined ? msg('1 pod or more') : msg('{{pods}} pods, as virt-operator reckons', { pods: asked }));

const zeroSays = (of: Deployment): Message => {
  const { manager, time } = lastWriter(of.metadata, 'spec', 'replicas') ?? {};
  return manager !== undefined && time !== undefined
    ? msg('It wants 0 pods. The program {{manager}} set that {{time}}, and virt-operator has not undone it.', { manager, time: { instant: time } })
    : msg('It wants 0 pods, and virt-operator has not undone that. The Deployment does not record who set it.');
};

const conclude = (name: string, seen: Seen): Result => {
  const [found] = seen.deployment.items;
  const asked = reckoned(name, seen);
  if (!found) return fail('absent', msg('There is no Deployment {{name}}, and virt-operator has not made it again.', { name }), { expected: askedText(asked), actual: msg('no Deployment') });
  const { namespace } = found.metadata;
  const wanted = found.spec?.replicas ?? 1;
  const details = {
    subjects: [{ kind: 'Deployment', group: 'apps', name, ...(namespace ? { namespace } : {}) }],
    expected: askedText(asked), actual: msg('{{pods}} pods wanted', { pods: wanted }),
  };
  if (wanted === 0) return fail('scaledToZero', zeroSays(found), details);
  if (asked !== undefined && wanted !== asked) {
    return info('differs', msg('{{name}} wants {{wanted}} pods, virt-operator would ask for {{asked}}. It puts the number back when it next looks.', { name, wanted, asked }), details);
  }
  return wanted === 1
    ? info('single', msg('Yes, 1 pod, and that is meant so: on a cluster with 1 node, or because the KubeVirt object says it. There is no second one to take over.'), details)
    : pass('wanted', msg('Yes. {{name}} wants {{wanted}} pods.', { name, wanted }), details);
};

/** Is the Deployment of a component there, and does it want as many pods as virt-operator reckons? */
export const operandReplicas = (of: DeploymentWorkload) => step({
  id: 'desired-replicas',
  asks: msg('Is there a {{name}} Deployment, and does it want pods?', { name: of.name }),
  why: msg('What is low is told by the number that the component itself asks for: 1 on a single node, otherwise 2 or more.'),
  reads: { deployment: deployment(of), kubevirts: kubeVirts(), nodes: nodes() },
  optional: ['kubevirts', 'nodes'],
  reasons: REASONS,
  check: (seen) => conclude(of.name, seen),
});
