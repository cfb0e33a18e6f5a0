import { type Finding, notApplicable, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type ListSource, type LogLine, each } from '../engine/source';
import { step } from '../engine/step';
import { kinds } from '../sources/kinds';
import { nodes } from '../sources/nodes';
import { type KubeDescheduler, type MachineConfigPool, type Node, type VirtualMachineInstance } from '../sources/objects';
import { machineConfigPools } from '../sources/platform';
import { vmi } from '../sources/virtualization';
import { isTrue } from './conditions';
import { tally, vmiRef } from './launcherReadings';
import { type MigrationLoop, migrationLoops } from './migrationLoops';
import { migrationNetworkLog, staleLines } from './migrationNetworkState';

/** Set by virt-api when the descheduler asked: KubeVirt v1.8.4 `pkg/virt-api/webhooks/validating-webhook/admitters/pod-eviction-admitter.go`. */
const SOURCE = 'kubevirt.io/eviction-source';

const REASONS = ['notNeeded', 'deadNode', 'drain', 'machineConfig', 'descheduler', 'neverCancelled', 'evacuation', 'workloadUpdate', 'request'] as const;
type Code = (typeof REASONS)[number];

interface Read {
  readonly vmis: Evidence<VirtualMachineInstance>;
  readonly nodes: Evidence<Node>;
  readonly pools: Evidence<MachineConfigPool>;
  readonly deschedulers: Evidence<KubeDescheduler>;
  readonly logs: Evidence<LogLine>;
}

const isUpdating = ({ status }: MachineConfigPool): boolean => isTrue(status?.conditions, 'Updating') !== undefined;

const evacuatedFrom = (loop: MigrationLoop, { vmis }: Read) =>
  vmis.items.find(({ metadata }) => metadata.namespace === loop.namespace && metadata.name === loop.vm);

const evacuation = (loop: MigrationLoop, read: Read): Code => {
  const instance = evacuatedFrom(loop, read);
  if (instance?.metadata.annotations?.[SOURCE] === 'descheduler') return 'descheduler';
  const node = read.nodes.items.find(({ metadata }) => metadata.name === instance?.status?.evacuationNodeName);
  if (!node) return 'evacuation';
  if (!node.spec?.unschedulable) return 'neverCancelled';
  return read.pools.items.some(isUpdating) ? 'machineConfig' : 'drain';
};

const codeOf = (loop: MigrationLoop, read: Read): Code => {
  if (loop.asker === 'workloadUpdate') return 'workloadUpdate';
  return loop.asker === 'request' ? 'request' : evacuation(loop, read);
};

const SAYS: Readonly<Record<Exclude<Code, 'notNeeded'>, Message>> = {
  deadNode: msg('Who asks does not matter most here: a known bug lets every attempt on one node fail.'),
  drain: msg('Somebody drains a node: it is cordoned and its VMs are to leave.'),
  machineConfig: msg('A machine config update drains nodes one after the other, and waits for these VMs.'),
  descheduler: msg('The descheduler evicts them to balance the nodes, and does so again after each failure.'),
  neverCancelled: msg('They are marked to leave a node that takes pods. Until somebody cancels the evacuation, KubeVirt keeps trying (kubevirt#9585).'),
  evacuation: msg('A node is to be emptied. Which one, and by whom, could not be read.'),
  workloadUpdate: msg('KubeVirt moves VMs to the virt-launcher of the new release, as the workload update strategy says.'),
  request: msg('A user or a tool asks for them.'),
};

const about = (loops: readonly MigrationLoop[], read: Read): Finding<Code> => {
  const codes = loops.map((loop) => ({ loop, code: codeOf(loop, read), instance: evacuatedFrom(loop, read) }));
  const ranked = tally(codes.map(({ code }) => code)).map(([code]) => code);
  const [first = 'evacuation', ...also] = staleLines(read.logs.items).length > 0 ? ['deadNode' as const] : ranked;
  const [descheduler] = read.deschedulers.items;
  return warn<Code>(first, SAYS[first as keyof typeof SAYS], {
    also,
    expected: msg('nobody asks for migrations that fail'), actual: msg('{{count}} VMs', { count: loops.length }),
    subjects: loops.map(({ namespace, vm }) => vmiRef({ name: vm, namespace })),
    rows: [{
      of: 'table',
      columns: [msg('VM'), msg('To leave node'), msg('Why'), msg('Created by')],
      rows: codes.map(({ loop, code, instance }) => [
        { object: vmiRef({ name: loop.vm, namespace: loop.namespace }) }, instance?.status?.evacuationNodeName ?? null, { message: SAYS[code as keyof typeof SAYS] }, loop.by ?? null,
      ]),
    }, ...(descheduler ? [{
      of: 'table' as const, columns: [msg('Descheduler'), msg('Mode'), msg('Profiles'), msg('Interval')],
      rows: [[descheduler.metadata.name, descheduler.spec?.mode ?? null, (descheduler.spec?.profiles ?? []).join(', '), descheduler.spec?.deschedulingIntervalSeconds === undefined ? null : { duration: descheduler.spec.deschedulingIntervalSeconds }]],
    }] : [])],
  });
};

const deschedulers = (): ListSource<KubeDescheduler> => ({ kind: 'list', of: kinds.KubeDescheduler, in: 'all namespaces', part: 'full', atMost: 5 });

/** What stands behind the migrations that repeat: a drain, the descheduler, an update, a person. */
export const migrationDemand = step({
  id: 'migration-demand',
  asks: msg('What makes these migrations come back?'),
  why: msg('A migration that is cancelled comes back while its creator still wants it: the creator is stopped first.'),
  reads: {
    vmis: each(migrationLoops.out.loops, { atMost: 10 }, ({ namespace, vm }) => vmi({ in: namespace, name: vm })),
    nodes: nodes(),
    pools: machineConfigPools(),
    deschedulers: deschedulers(),
    logs: migrationNetworkLog,
  },
  optional: ['pools', 'deschedulers', 'logs'],
  inputs: { loops: migrationLoops.out.loops },
  reasons: REASONS,
  check: (read, { inputs: { loops } }) => (loops.length === 0 ? notApplicable('notNeeded', msg('Not needed: no VM migrates in a loop.')) : about(loops.slice(0, 10), read)),
  out: {
    /** The node that they are to leave. */
    node: (read, { inputs: { loops } }) => loops.flatMap((loop) => evacuatedFrom(loop, read)?.status?.evacuationNodeName ?? [])[0],
    /** The pool whose update drains it. */
    pool: ({ pools }) => pools.items.find(isUpdating)?.metadata.name,
    descheduler: ({ deschedulers: read }) => read.items[0]?.metadata.name,
    deschedulerNamespace: ({ deschedulers: read }) => read.items[0]?.metadata.namespace,
  },
});
