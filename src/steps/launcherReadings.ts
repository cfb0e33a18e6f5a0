import { type Late } from '../engine/late';
import { type ObjectRef } from '../engine/message';
import { type ListSource, type Query, type Series } from '../engine/source';
import { kinds } from '../sources/kinds';
import { type KubeObject, type OwnerReference, type VirtualMachineInstance } from '../sources/objects';

/** The threshold of the alert: KubeVirt v1.8.4 `pkg/monitoring/rules/alerts/vms.go`, VirtLauncherPodsStuckFailed. */
export const FAILED_LIMIT = 200;

/** Every virt-launcher pod has these, however it was started: KubeVirt `pkg/virt-controller/services/template.go`, podLabels. */
export const LAUNCHER = 'kubevirt.io=virt-launcher';
/** On the target pods of migrations: the uid of the migration (`staging/src/kubevirt.io/api/core/v1/types.go`, MigrationJobLabel). */
export const MIGRATION_UID = 'kubevirt.io/migrationJobUID';
/** On the target pods of migrations: the name of the migration (MigrationJobNameAnnotation). */
export const MIGRATION_NAME = 'kubevirt.io/migrationJobName';

/** The raw series that the alert counts: one per pod, 1 if it is in phase Failed. */
export const FAILED = 'kube_pod_status_phase{phase="Failed",pod=~"virt-launcher-.*"}';

/** PromQL without late values. */
export const query = (text: string): Query => ({ parts: [text], values: [] });

/** The value of the newest point of a series; 0 if it has none. */
export const valueOf = ({ points }: Series): number => points.at(-1)?.[1] ?? 0;

/** The VM instances of a namespace, in full: each is about 8 kB. */
export const vmisIn = (namespace: Late<string>): ListSource<VirtualMachineInstance> =>
  ({ kind: 'list', of: kinds.VirtualMachineInstance, in: namespace, part: 'full', atMost: 100 });

/** The owner that controls an object, if it has one. */
export const controllerOf = ({ metadata }: KubeObject): OwnerReference | undefined =>
  metadata.ownerReferences?.find(({ controller }) => controller);

/** A pod as a subject of a finding. */
export const podRef = ({ metadata: { name, namespace } }: KubeObject): ObjectRef => ({ kind: 'Pod', name, ...(namespace ? { namespace } : {}) });

/** A VM instance as a subject of a finding. */
export const vmiRef = (of: { readonly name: string; readonly namespace: string }): ObjectRef =>
  ({ kind: 'VirtualMachineInstance', group: 'kubevirt.io', name: of.name, namespace: of.namespace });

/** Phases in which a VM instance is over: `types.go`, VirtualMachineInstance.IsFinal. */
export const isOver = ({ status }: VirtualMachineInstance): boolean => status?.phase === 'Failed' || status?.phase === 'Succeeded';

/** How often each word comes, most often first; words that come equally often keep their order. */
export const tally = <W extends string>(words: readonly W[]): readonly (readonly [word: W, times: number])[] => {
  const times = new Map<W, number>();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  return [...times].toSorted(([, a], [, b]) => b - a);
};

/** Seconds from a time to now; undefined if there is no such time. */
export const secondsSince = (at: string | null | undefined, now: number): number | undefined => {
  const then = at ? Date.parse(at) : Number.NaN;
  return Number.isNaN(then) ? undefined : Math.max(0, (now - then) / 1000);
};
