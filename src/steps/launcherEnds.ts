import { type Finding, fail, notApplicable, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { each } from '../engine/source';
import { step } from '../engine/step';
import { type Pod, type VirtualMachineInstance } from '../sources/objects';
import { pod } from '../sources/pods';
import { COMPUTE, type Ending, endedAt, endingOf, evictedFor, terminatedOf } from './launcherEnding';
import { sampledVmis } from './launcherOwners';
import { controllerOf, podRef, tally } from './launcherReadings';
import { launcherSample } from './launcherSample';

const REASONS = [
  'noneLeft', 'migratedAway', 'longAgo', 'evicted', 'refused', 'shutDown', 'nodeLost', 'outOfMemory', 'consoleLog', 'targetDied',
  'instanceFailed', 'crashed', 'crashedOnOneNode', 'neverStarted',
] as const;
type Code = (typeof REASONS)[number];

type Read = { readonly pods: Evidence<Pod>; readonly vmis: Evidence<VirtualMachineInstance> };

interface Ended {
  readonly of: Pod;
  readonly ending: Ending;
}

// What is true of fewer than a quarter of the sample explains nothing.
const NOTEWORTHY = 0.25;
// Crashes of three VMs on one node are the node's; of one VM they may be the VM's.
const VMS_FOR_A_NODE = 3;

const ends = ({ pods, vmis }: Read, now: number): readonly Ended[] => pods.items.map((of) => {
  const uid = controllerOf(of)?.uid;
  const instance = vmis.items.find(({ metadata }) => metadata.uid === uid) ?? (vmis.missing.length > 0 ? 'unreadable' : undefined);
  return { of, ending: endingOf(of, instance, now) };
});

const onOneNode = (ended: readonly Ended[]): boolean => {
  const crashed = ended.filter(({ ending }) => ending === 'crashed').map(({ of }) => of);
  return new Set(crashed.map(({ spec }) => spec?.nodeName)).size === 1 && new Set(crashed.map((one) => controllerOf(one)?.uid)).size >= VMS_FOR_A_NODE;
};

const codes = (ended: readonly Ended[]): readonly Code[] => tally(ended.map(({ ending }) => ending))
  .filter(([, times], i) => i === 0 || times >= NOTEWORTHY * ended.length)
  .map(([ending]) => (ending === 'crashed' && onOneNode(ended) ? 'crashedOnOneNode' : ending));

const detailOf = ({ of, ending }: Ended): string | null => {
  const { status } = of;
  const compute = terminatedOf(of, COMPUTE);
  if (ending === 'evicted') return evictedFor(status?.message) ?? status?.reason ?? null;
  if (status?.reason) return `${status.reason}: ${status.message ?? ''}`.slice(0, 200);
  const bad = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
  const shown = ending === 'migratedAway' || ending === 'consoleLog' ? bad?.state?.terminated : compute;
  return shown ? `${shown.reason ?? ''} (${shown.exitCode})`.trim() : null;
};

const MEANS: Readonly<Record<Code, Message>> = {
  noneLeft: msg('There is no failed pod to look at.'),
  migratedAway: msg('The VM was migrated away and runs. Its container ended with 0, only another one beside it, such as the console log, ended with an error: harmless residue.'),
  longAgo: msg('They ended more than a day ago.'),
  evicted: msg('The kubelet evicted them because the node ran out of something. The table says of what.'),
  refused: msg('The kubelet turned them away when they were to start: a device, a CPU or a label that the scheduler counted on was not there.'),
  shutDown: msg('Their node was shut down or rebooted under them.'),
  nodeLost: msg('Their node was lost.'),
  outOfMemory: msg('The kernel killed the VM process at the memory limit of its pod.'),
  consoleLog: msg('The VM ended well and only another container beside it, such as the console log, ended badly. Whether the VM runs elsewhere could not be read.'),
  targetDied: msg('They were to take over VMs that still run elsewhere: targets of migrations that failed.'),
  instanceFailed: msg('Their VM instances have failed, and no VM or pool stands behind them to retry or delete them.'),
  crashed: msg('The VM process, or virt-launcher itself, ended with an error.'),
  crashedOnOneNode: msg('VMs of several owners ended with an error, all on the same node.'),
  neverStarted: msg('No container of them ever ran, and the kubelet left no reason.'),
};

const WARNINGS: readonly Code[] = ['migratedAway', 'longAgo', 'consoleLog'];

const about = (read: Read, now: number): Finding<Code> => {
  const ended = ends(read, now);
  const [first = 'noneLeft', ...also] = codes(ended);
  const count = ended.filter(({ ending }) => ending === first || (ending === 'crashed' && first === 'crashedOnOneNode')).length;
  const finding = WARNINGS.includes(first) ? warn : fail;
  return finding<Code>(first, msg('{{count}} of {{total}} sampled pods ended the same way. {{means}}', { count, total: ended.length, means: { message: MEANS[first] } }), {
    also,
    expected: msg('0 failed pods'),
    actual: msg('{{count}} of {{total}} sampled', { count, total: ended.length }),
    subjects: ended.map(({ of }) => podRef(of)),
    rows: [{
      of: 'table',
      columns: [msg('Pod'), msg('Node'), msg('Ended'), msg('How')],
      rows: ended.map((one) => {
        const at = endedAt(one.of);
        return [{ object: podRef(one.of) }, one.of.spec?.nodeName ?? null, at ? { instant: at } : null, detailOf(one)];
      }),
    }],
  });
};

/** How the sampled pods ended: the kubelet's reason, exit codes, out of memory, and of which kind their VM was. */
export const launcherEnds = step({
  id: 'launcher-ends',
  asks: msg('How did the sampled pods end?'),
  why: msg('Only pods in phase Failed raise this alert. The reason stands in the pod: an exit code, an eviction, a refusal of the kubelet.'),
  reads: {
    pods: each(launcherSample.out.pods, { atMost: 20 }, ({ namespace, name }) => pod({ in: namespace, name })),
    vmis: sampledVmis,
  },
  optional: ['vmis'],
  reasons: REASONS,
  check: (read, { now }) => (read.pods.items.length === 0 ? notApplicable('noneLeft', MEANS.noneLeft) : about(read, now)),
  out: {
    /** The container of the VM in three pods that ended with an error, newest first: their logs are worth reading. */
    crashed: (read, { now }) => (read.pods.items.length === 0 && read.pods.missing.length > 0 ? undefined : ends(read, now)
      .filter(({ ending }) => ['crashed', 'instanceFailed', 'targetDied', 'outOfMemory'].includes(ending))
      .toSorted((a, b) => (endedAt(b.of) ?? '').localeCompare(endedAt(a.of) ?? '')).slice(0, 3)
      .map(({ of }) => ({ namespace: of.metadata.namespace ?? '', pod: of.metadata.name, container: COMPUTE }))),
    namespace: (read) => read.pods.items[0]?.metadata.namespace,
    pod: (read) => read.pods.items[0]?.metadata.name,
    node: (read) => tally(read.pods.items.flatMap(({ spec }) => spec?.nodeName ?? []))[0]?.[0],
  },
});
