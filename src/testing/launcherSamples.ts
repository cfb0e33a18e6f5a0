import { type Series } from '../engine';
import { type KubeObject, type Pod, type VirtualMachineInstance, type VirtualMachineInstanceMigration } from '../sources/objects';
import { READ_AT } from './evidence';
import { metadata, minutesAgo } from './samples';

/** Objects for the literal evidence of specs about launcher pods. */

/** One series with one point, as an instant query answers it. */
export const seriesOf = (value: number, labels: Readonly<Record<string, string>> = {}): Series => ({ labels, points: [[READ_AT / 1000, value]] });

/** One series over the last hour and five minutes: what it was at the begin, 15 minutes ago and now. */
export const hourOf = (before: number, quarter: number, now: number): Series => ({
  labels: {},
  points: Array.from({ length: 14 }, (_, i): [number, number] => [READ_AT / 1000 - (13 - i) * 300, i === 13 ? now : i >= 10 ? quarter : before]),
});

const ownedBy = (name: string, kind = 'VirtualMachineInstance') => [{ kind, name, uid: `uid-${name}`, controller: true }];

/** What a launcher pod's own fields may say instead. */
export interface LauncherSpec {
  readonly node?: string;
  /** Exit code and reason of the VM's container; null for one that never ran. */
  readonly compute?: readonly [exitCode: number, reason: string] | null;
  readonly consoleLog?: number;
  readonly reason?: string;
  readonly message?: string;
  /** Minutes since it was created and ended. */
  readonly ago?: number;
  readonly migration?: string;
  readonly namespace?: string;
}

/** The names, labels and owner of a failed launcher: what a list of metadata brings. */
export const launcherNames = (vm: string, suffix: string, { ago = 30, migration, namespace = 'shop' }: LauncherSpec = {}): KubeObject => ({
  metadata: metadata(`virt-launcher-${vm}-${suffix}`, {
    namespace, creationTimestamp: minutesAgo(ago), ownerReferences: ownedBy(vm),
    labels: { 'kubevirt.io': 'virt-launcher', ...(migration ? { 'kubevirt.io/migrationJobUID': `uid-${migration}` } : {}) },
    ...(migration ? { annotations: { 'kubevirt.io/migrationJobName': migration } } : {}),
  }),
});

/** A failed launcher in full; its VM's container ended with 1 unless told otherwise. */
export const launcherOf = (vm: string, suffix: string, of: LauncherSpec = {}): Pod => {
  const { node = 'worker-0', compute = [1, 'Error'], consoleLog = compute?.[0] ?? 0, reason, message, ago = 30 } = of;
  const end = (name: string, exitCode: number, why: string) => ({ name, state: { terminated: { exitCode, reason: why, finishedAt: minutesAgo(ago) } } });
  return {
    ...launcherNames(vm, suffix, of),
    spec: { nodeName: node },
    status: {
      phase: 'Failed', ...(reason ? { reason } : {}), ...(message ? { message } : {}),
      containerStatuses: compute === null ? [] : [end('compute', ...compute)],
      // A sidecar since KubeVirt 1.6.
      initContainerStatuses: compute === null ? [] : [end('guest-console-log', consoleLog, consoleLog === 0 ? 'Completed' : 'Error')],
    },
  };
};

/** A VM instance of a VM; `controlled: false` for one that nobody controls. */
export const instanceOf = (name: string, { phase = 'Running', controlled = true, namespace = 'shop', uid = `uid-${name}`, ago = 30, manager, evacuates, source }: {
  phase?: string; controlled?: boolean; namespace?: string; uid?: string; ago?: number; manager?: string; evacuates?: string; source?: string;
} = {}): VirtualMachineInstance => ({
  metadata: metadata(name, {
    namespace, uid, creationTimestamp: minutesAgo(ago), ...(controlled ? { ownerReferences: ownedBy(name, 'VirtualMachine') } : {}),
    ...(manager ? { managedFields: [{ manager: 'virt-controller', time: minutesAgo(ago) }, { manager, time: minutesAgo(ago) }] } : {}),
    ...(source ? { annotations: { 'kubevirt.io/eviction-source': source } } : {}),
  }),
  status: { phase, nodeName: 'worker-1', ...(evacuates ? { evacuationNodeName: evacuates } : {}) },
});

/** A migration of a VM; `name` tells who asked for it. */
export const migrationOf = (vm: string, name: string, { phase = 'Failed', ago = 10, manager }: { phase?: string; ago?: number; manager?: string } = {}): VirtualMachineInstanceMigration => ({
  metadata: metadata(name, { namespace: 'shop', creationTimestamp: minutesAgo(ago), ...(manager ? { managedFields: [{ manager, time: minutesAgo(ago) }] } : {}) }),
  spec: { vmiName: vm },
  status: { phase },
});
