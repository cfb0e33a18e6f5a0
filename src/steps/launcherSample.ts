import { info, pass } from '../engine/finding';
import { type Evidence } from '../engine/observation';
import { each } from '../engine/source';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { type KubeObject } from '../sources/objects';
import { podNames } from '../sources/pods';
import { LAUNCHER, MIGRATION_NAME, controllerOf, podRef, vmiRef } from './launcherReadings';
import { type NamespaceShare, launcherSpread } from './launcherSpread';

/** Failed pods that are looked at one by one. 20 full pods are about 400 kB. */
const CHOSEN = 20;
/** Names that are read per namespace: about 3 kB each. */
const LISTED = 40;

/** A pod of the sample. */
export interface SampledPod {
  readonly namespace: string;
  readonly name: string;
}

/** The VM instance that a sampled pod belongs to. */
export interface LauncherOwner {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

const ownerOf = (pod: KubeObject): LauncherOwner | undefined => {
  const owner = controllerOf(pod);
  return owner?.kind === 'VirtualMachineInstance' && pod.metadata.namespace
    ? { namespace: pod.metadata.namespace, name: owner.name, uid: owner.uid } : undefined;
};

const newestFirst = (a: KubeObject, b: KubeObject): number =>
  (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '');

/** The newest pod of each VM, then the second newest of each, and so on: no VM crowds out the others. */
const inTurns = (pods: readonly KubeObject[]): readonly KubeObject[] => {
  const turns = new Map<string, number>();
  return pods.toSorted(newestFirst)
    .map((pod) => {
      const owner = ownerOf(pod)?.uid ?? pod.metadata.name;
      const turn = turns.get(owner) ?? 0;
      turns.set(owner, turn + 1);
      return { pod, turn };
    })
    .toSorted((a, b) => a.turn - b.turn)
    .map(({ pod }) => pod);
};

/** A namespace gets as many places in the sample as its share of the failed pods, and at least one. */
const choose = (pods: readonly KubeObject[], shares: readonly NamespaceShare[]): readonly KubeObject[] => {
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  return shares.flatMap(({ namespace, count }) => inTurns(pods.filter((pod) => namespace === 'all namespaces' || pod.metadata.namespace === namespace))
    .slice(0, Math.max(1, Math.round((CHOSEN * count) / total)))).slice(0, CHOSEN);
};

type Given = { readonly inputs: { readonly namespaces: readonly NamespaceShare[] } };
type Read = { readonly failed: Evidence<KubeObject> };

const chosen = ({ failed }: Read, { inputs }: Given) => choose(failed.items.filter(({ metadata }) => !metadata.deletionTimestamp), inputs.namespaces);

/** Something was read, if only that there is nothing: else nobody can tell which pods to look at. */
const isRead = ({ failed }: Read): boolean => failed.items.length > 0 || failed.missing.length === 0;

const ownersOf = (pods: readonly KubeObject[]): readonly LauncherOwner[] =>
  [...new Map(pods.flatMap((pod) => ownerOf(pod) ?? []).map((owner) => [owner.uid, owner])).values()];

/** Takes a bounded sample of the failed pods: names first, never all of them. */
export const launcherSample = step({
  id: 'launcher-sample',
  asks: msg('Which failed pods are looked at more closely?'),
  why: msg('There may be 20,000 of them. At most {{listed}} names in each of the 5 worst namespaces are read, and {{chosen}} pods from those.', { listed: LISTED, chosen: CHOSEN }),
  reads: {
    failed: each(launcherSpread.out.namespaces, { atMost: 5 }, ({ namespace }) =>
      podNames({ in: namespace, labels: LAUNCHER, fields: 'status.phase=Failed', atMost: LISTED })),
  },
  inputs: { namespaces: launcherSpread.out.namespaces },
  reasons: ['noneLeft', 'sampled'],
  check: (read, given) => {
    const sample = chosen(read, given);
    if (sample.length === 0) return pass('noneLeft', msg('There is no failed virt-launcher pod to look at.'), { expected: msg('none'), actual: msg('none') });
    return info('sampled', msg('Sampled pods: {{count}}. VM instances they belong to: {{vms}}. The newest of each VM come first.', { count: sample.length, vms: ownersOf(sample).length }), {
      actual: msg('sampled: {{count}}', { count: sample.length }),
      subjects: sample.map(podRef),
      rows: [{
        of: 'table',
        columns: [msg('Pod'), msg('VM instance'), msg('Created'), msg('Target of migration')],
        rows: sample.map((pod) => {
          const owner = ownerOf(pod);
          const { creationTimestamp: at, annotations } = pod.metadata;
          return [{ object: podRef(pod) }, owner ? { object: vmiRef(owner) } : null, at ? { instant: at } : null, annotations?.[MIGRATION_NAME] ?? null];
        }),
      }],
    });
  },
  out: {
    pods: (read, given): readonly SampledPod[] | undefined =>
      (isRead(read) ? chosen(read, given).map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name })) : undefined),
    owners: (read, given) => (isRead(read) ? ownersOf(chosen(read, given)) : undefined),
    /** Field selectors of the events of the five newest. */
    events: (read, given) => (isRead(read) ? chosen(read, given).toSorted(newestFirst).slice(0, 5)
      .map(({ metadata }) => ({ namespace: metadata.namespace ?? '', fields: `involvedObject.kind=Pod,involvedObject.name=${metadata.name}` })) : undefined),
  },
});
