import { type Choice, type Option } from '../engine/choice';
import { type Late } from '../engine/late';
import { type Message, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type Operation, type Plan, type Refusal, targetOf } from '../engine/operation';
import { kinds } from '../sources/kinds';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { wantedBy, workloadObject } from '../sources/workloadObjects';
import { controllerOf } from '../steps/launcherReadings';
import { type Judged, POD_STATES, type PodState, judge } from '../steps/podState';
import { podsRunning } from '../steps/podsRunning';

/** What is said of the pods of a workload that are replaced. */
export interface PodsToReplace extends Pick<ExecuteMitigation, 'id' | 'title' | 'summary'> {
  readonly of: Workload;
  /** The one pod that a step singled out. Without it somebody picks. */
  readonly only?: Late<string>;
  /** What happens when the only ready pod of a Deployment goes; without it that pod is left alone. */
  readonly alone?: Message;
}

interface Words {
  /** What makes the pods. */
  readonly maker: 'ReplicaSet' | 'DaemonSet';
  readonly makes: Message;
  /** What it means that a ready pod goes. */
  readonly meanwhile: Message;
  readonly undo: Message;
}

const WORDS: Readonly<Record<Workload['kind'], Words>> = {
  Deployment: {
    maker: 'ReplicaSet', makes: msg('The ReplicaSet makes a new pod within seconds.'),
    meanwhile: msg('A ready pod goes. If it holds the leader lease, another pod takes over within a minute.'),
    undo: msg('Not possible, and not needed: the ReplicaSet makes a new pod.'),
  },
  DaemonSet: {
    maker: 'DaemonSet', makes: msg('The DaemonSet makes a new pod on the same node within seconds.'),
    meanwhile: msg('Until the new pod is ready, VMs on that node run on, and none of them can be started, stopped or migrated there.'),
    undo: msg('Not possible, and not needed: the DaemonSet makes a new pod.'),
  },
};

/** Seconds within which a replacement has to be ready before the next pod goes. Pulling the image of an operator takes less. */
const PATIENCE = 300;

const STATES: Readonly<Record<PodState, Message>> = {
  imagePull: msg('its image cannot be pulled'), configError: msg('its container cannot be created'), crashLoop: msg('starts and ends again and again'),
  unschedulable: msg('no node takes it'), stuckStarting: msg('does not start'), failed: msg('failed'), lost: msg('its node no longer reports'),
  notReady: msg('runs and is not ready'), starting: msg('is starting'), terminating: msg('is being removed'), finished: msg('ended'), ready: msg('ready'),
};

// What ended is replaced already, and what goes needs no second push.
const PAST: readonly PodState[] = ['failed', 'finished', 'terminating'];
// A pod that nothing re-creates would be lost for good.
const isReplaceable = ({ kind }: Workload, { pod, state }: Judged): boolean => controllerOf(pod)?.kind === WORDS[kind].maker && !PAST.includes(state);

const age = ({ pod }: Judged): string => pod.metadata.creationTimestamp ?? '';
/** The pods whose loss hurts least come first: those in the worst state, between equals the oldest. */
const byLoss = (of: Workload, pods: readonly Judged[]): readonly Judged[] => pods.filter((one) => isReplaceable(of, one))
  .toSorted((a, b) => POD_STATES.indexOf(a.state) - POD_STATES.indexOf(b.state) || age(a).localeCompare(age(b)));

const isReady = ({ state }: Judged): boolean => state === 'ready';
// One that is only just starting has not had its time.
const isIll = ({ state }: Judged): boolean => state !== 'ready' && state !== 'starting';

const optionOf = ({ pod, state }: Judged): Option =>
  ({ value: pod.metadata.name, label: msg('{{pod}}: {{state}}', { pod: pod.metadata.name, state: { message: STATES[state] } }) });

const whichPods = (all: readonly Judged[]): readonly Choice[] => {
  if (all.length < 2) return [];
  const ill = all.filter(isIll);
  return [{
    id: 'pods', asks: msg('Which pods?'), hint: msg('One after the other: the next goes once the replacement of the one before is ready.'),
    kind: 'some', options: all.map(optionOf), picked: (ill.length > 0 ? ill : all.slice(0, 1)).map(({ pod }) => pod.metadata.name),
  }];
};

const deletionOf = ({ pod }: Judged): Operation =>
  // Its state may go on changing, as that of a crashing pod does: only that it is this very pod matters.
  ({ id: pod.metadata.uid, verb: 'delete', uidOnly: true, target: targetOf(kinds.Pod, pod) });

const sentenceOf = (name: string, chosen: readonly Judged[]): Message => {
  const names = chosen.map(({ pod }) => pod.metadata.name);
  const namespace = chosen[0]?.pod.metadata.namespace ?? '';
  return names.length === 1
    ? msg('Delete the pod {{pod}} in {{namespace}}.', { pod: names[0] ?? '', namespace })
    : msg('Delete {{count}} pods of {{name}} in {{namespace}}, one after the other: {{pods}}.', { count: names.length, name, namespace, pods: { list: names } });
};

const confirmation = ({ of: { name }, alone, only }: PodsToReplace, { taken, isLast, allReady }: { taken: number; isLast: boolean; allReady: boolean }): Plan['confirm'] => {
  if (isLast && alone) return { kind: 'acknowledge', says: alone };
  if (taken === 0) return { kind: 'button' };
  if (only !== undefined) return { kind: 'acknowledge', says: msg('The other pods of {{name}} do the same work without failing.', { name }) };
  return { kind: 'acknowledge', says: allReady ? msg('Every pod of {{name}} is ready. I want to replace one all the same.', { name }) : msg('A pod that is ready is among them. I want to replace it all the same.') };
};

const planFor = (what: PodsToReplace, pods: readonly Judged[], chosen: readonly Judged[]): Plan | Refusal => {
  const { of, alone } = what;
  const { name } = of;
  const words = WORDS[of.kind];
  const ready = pods.filter(isReady);
  const taken = chosen.filter(isReady);
  // A pod of a DaemonSet has no peer on its node anyway.
  const isLast = of.kind === 'Deployment' && taken.length > 0 && ready.length === 1;
  if (isLast && !alone) {
    return { refused: msg('{{pod}} is the only ready pod of {{name}}: without a second one its work would stop. Bring another pod to ready first.', { pod: taken[0]?.pod.metadata.name ?? '', name }) };
  }
  return {
    sentence: sentenceOf(name, chosen),
    operations: chosen.map(deletionOf),
    ...(chosen.length > 1 ? { pace: { between: podsRunning(of), patience: PATIENCE } } : {}),
    effects: [
      words.makes,
      ...(chosen.length > 1 ? [msg('The next pod goes only once all pods are ready again. If that takes longer than {{patience}}, the rest is left alone.', { patience: { duration: PATIENCE } })] : []),
      msg('The log of a deleted pod goes with it. Save it first if you may need it.'),
      ...(taken.length > 0 && !isLast ? [words.meanwhile] : []),
      ...(isLast && alone ? [alone] : []),
      msg('The alert can clear once the new pods are ready and its expression has looked at them.'),
    ],
    vmsAffected: msg('None. Running VMs do not notice.'),
    owner: msg('Nothing is changed that an owner would set back: {{name}} stays as it is, only pods come and go.', { name }),
    confirm: confirmation(what, { taken: taken.length, isLast, allReady: ready.length === pods.length }),
    verify: [podsRunning(of)],
    undo: { possible: false, says: words.undo },
  };
};

/**
 * Deletes pods of one workload one by one, each by its uid, and waits for Ready in between. It stands for a rollout restart, which whoever owns the
 * workload would take back: KubeVirt v1.8.4 pkg/virt-operator/resource/apply/apps.go. Only pods that the workload makes anew.
 */
export const deletePods = (what: PodsToReplace): ExecuteMitigation => {
  const { of, only, id, title, summary } = what;
  const { name } = of;
  return execute({
    id, title, summary,
    risk: 'low',
    vms: of.kind === 'DaemonSet' ? WORDS.DaemonSet.meanwhile : msg('Nothing.'),
    undo: WORDS[of.kind].undo,
    reads: { pods: podsOf(of), workload: workloadObject(of) },
    inputs: only === undefined ? {} : { only },
    choices: ({ pods: { items } }, { now }) => (only === undefined ? whichPods(byLoss(of, items.map((pod) => judge(pod, now)))) : []),
    plan: ({ pods: { items }, workload: { items: [found] } }, { now, inputs }, { pods: picked }) => {
      if (!found || found.metadata.deletionTimestamp) return { refused: msg('{{name}} does not exist or is being deleted: nothing would make new pods.', { name }) };
      if (wantedBy(found) === 0) return { refused: msg('{{name}} wants 0 pods: nothing would make new ones.', { name }) };
      const all = items.map((pod) => judge(pod, now));
      const offered = byLoss(of, all);
      const wanted = typeof inputs['only'] === 'string' ? [inputs['only']] : picked?.split(',');
      const chosen = offered.filter(({ pod }) => wanted?.includes(pod.metadata.name) ?? true);
      if (chosen.length === 0) return { refused: only === undefined ? msg('There is no pod of {{name}} to delete.', { name }) : msg('That pod is gone already. Wait until its successor has worked for 5 minutes.') };
      return planFor(what, all.filter(({ state }) => !PAST.includes(state)), chosen);
    },
  });
};
