import { type Finding, fail, notApplicable, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { eventCount, eventTime, eventsAbout, warnings } from '../sources/events';
import { type ClusterEvent, type Deployment } from '../sources/objects';
import { type Workload } from '../sources/workload';
import { type WorkloadObject, madeOf, wantedBy, workloadObject } from '../sources/workloadObjects';
import { isTrue } from './conditions';
import { namedIn, rejectionOf, serviceIn } from './rejection';
import { quote } from './words';

const REASONS = [
  'created', 'priorityClass', 'quota', 'webhookDown', 'webhookDenied', 'securityContext', 'serviceAccount', 'rejected', 'notYet', 'noneWanted', 'noDeployment',
] as const;

interface Seen {
  readonly workload: Evidence<WorkloadObject>;
  readonly events: Evidence<ClusterEvent>;
}

/** Pods that exist against pods that are wanted. */
const counts = (of: WorkloadObject) => ({ wanted: wantedBy(of) ?? 1, made: madeOf(of) });

/** What makes the pods, and so gets the events about refusals. */
const MAKERS = ['ReplicaSet', 'DaemonSet'];

/** The server's words when it last refused a pod; events alone do not count once all pods exist. */
const refusal = (name: string, { workload: { items: [of] }, events }: Seen): string | undefined => {
  if (!of) return undefined;
  const failure = isTrue((of as Deployment).status?.conditions, 'ReplicaFailure');
  const { wanted, made } = counts(of);
  const event = made < wanted ? eventsAbout(events.items, name, ...MAKERS).find(({ reason }) => reason === 'FailedCreate') : undefined;
  return failure?.message ?? event?.message;
};

const eventRows = (name: string, events: readonly ClusterEvent[]) => {
  const refused = eventsAbout(events, name, ...MAKERS).filter(({ reason }) => reason === 'FailedCreate');
  return refused.length === 0 ? [] : [{
    of: 'table' as const,
    columns: [msg('Last seen'), msg('Times'), msg('Object'), msg('Message')],
    rows: refused.map((event) => [{ instant: eventTime(event) ?? '' }, eventCount(event), event.involvedObject.name ?? null, quote(event.message ?? '')]),
  }];
};

const conclude = (name: string, seen: Seen): Finding<(typeof REASONS)[number]> => {
  const [of] = seen.workload.items;
  if (!of) return notApplicable('noDeployment', msg('Not needed: there is nothing that would make pods.'));
  const { wanted, made } = counts(of);
  if (wanted === 0) return notApplicable('noneWanted', msg('Not needed: no pod is wanted.'));
  const details = { expected: msg('{{wanted}} pods', { wanted }), actual: msg('{{made}} of {{wanted}} pods', { made, wanted }) };
  const words = refusal(name, seen);
  if (words !== undefined) {
    return fail(rejectionOf(words), msg('No. The API server refuses the pods: “{{words}}”', { words: quote(words) }), { ...details, rows: eventRows(name, seen.events.items) });
  }
  return made >= wanted
    ? pass('created', made > wanted ? msg('Yes. {{made}} pods exist where {{wanted}} are wanted, as a rollout makes them.', { made, wanted }) : msg('Yes. {{made}} of {{wanted}} pods exist.', { made, wanted }), details)
    : warn('notYet', msg('{{made}} of {{wanted}} pods are alive and no refusal is recorded: they end as fast as they are made, or the controllers of the cluster lag behind.', { made, wanted }), details);
};

/** Are the pods of a workload created, and if not: what does the API server say? */
export const podsCreated = (of: Workload) => step({
  id: 'pods-created',
  asks: msg('Are the pods of {{name}} created?', { name: of.name }),
  why: msg('A pod that the API server refuses never appears in a list of pods. The refusal stands in a condition and in events.'),
  reads: { workload: workloadObject(of), events: warnings(of.in) },
  optional: ['events'],
  reasons: REASONS,
  check: (seen) => conclude(of.name, seen),
  out: {
    /** The priority class, quota, webhook or service account that the refusal names. */
    named: (seen) => namedIn(refusal(of.name, seen) ?? ''),
    webhookService: (seen) => serviceIn(refusal(of.name, seen) ?? '')?.name,
    webhookNamespace: (seen) => serviceIn(refusal(of.name, seen) ?? '')?.namespace,
  },
});
