import { type ExecuteMitigation, type Lookup, type Mitigation, type Operation, type Picked, type Plan, type Planned, type Refusal, type Reply, type Runbook, type Transport, createClock, createDiagnosis, createPlanner, createReader, drive, evidenceStep, fillCommand, limited, permissionOfWrite, plainText, writeOf } from '../engine';
import { answer } from './answer';
import { type Cluster } from './cluster';
import { type Metrics, doorTo } from './door';
import { type User } from './types';
import { clusterAdmin } from './users';

/** The plan, where there has to be one. */
export const made = (plan: Plan | Refusal): Plan => {
  if ('refused' in plan) throw new Error(plainText(plan.refused));
  return plan;
};

/** Why there is none, in English; `planned` if there is one. */
export const refusedWith = (plan: Plan | Refusal): string => ('refused' in plan ? plainText(plan.refused) : 'planned');

/** The effects of a plan, a line each. */
export const effectsOf = ({ effects }: Pick<Plan, 'effects'>): string => effects.map(plainText).join('\n');

/** The write of an operation as one line: method, path, body. */
export const lineOf = (operation: Operation, dryRun = false): string => {
  const { method, path, body } = writeOf(operation, dryRun);
  return `${method} ${path} ${JSON.stringify(body)}`;
};

/** The permission that an operation needs, as one line. */
export const needOf = (operation: Operation): string => {
  const { verb, group, resource, subresource, namespace, name } = permissionOfWrite(operation);
  return [verb, [resource, subresource].filter(Boolean).join('/'), group, namespace, name].filter(Boolean).join(' ');
};

/** Carries out one operation in a world, as cluster admin unless told otherwise; the HTTP status of the answer. */
export const sendTo = (cluster: Cluster, operation: Operation, { dryRun = false, user = clusterAdmin }: { dryRun?: boolean; user?: User } = {}): number => {
  const { method, path, contentType, body } = writeOf(operation, dryRun);
  return answer(cluster, { method, path, headers: { 'content-type': contentType }, body: JSON.stringify(body), user }).status;
};

type Decided = Pick<Planned, 'choices' | 'picked' | 'plan' | 'refused'>;

const decideThrough = async (runbook: Runbook, mitigation: ExecuteMitigation, transport: Transport, now: number, picked: Picked): Promise<Decided> => {
  const clock = createClock(() => now);
  const diagnosis = createDiagnosis(runbook, {}, clock.now);
  diagnosis.alsoRun([evidenceStep(mitigation)]);
  const leaving = new AbortController();
  await drive(diagnosis, createReader(limited(transport, 6), clock), leaving.signal).settled();
  leaving.abort();
  return createPlanner(diagnosis, mitigation)(picked);
};

/** What a mitigation would do in a world: its evidence is read through the same reader as in the browser. */
export const decideIn = (
  runbook: Runbook, mitigation: ExecuteMitigation, cluster: Cluster, { picked = {}, user = clusterAdmin, metrics = [] }: { picked?: Picked; user?: User; metrics?: Metrics } = {},
): Promise<Decided> => decideThrough(runbook, mitigation, doorTo({ cluster, user, rules: [], metrics }), cluster.now().getTime(), picked);

const DEAD: readonly Reply[] = [
  { state: 'answered', status: 403, body: '{"kind":"Status","message":"forbidden"}' },
  { state: 'answered', status: 500, body: 'oops' },
  { state: 'failed', reason: 'timedOut' },
  { state: 'answered', status: 200, body: '<html>' },
];

/** The plans that a mitigation makes while every source fails, in each way in which it can: there must be none. */
export const plansInTheDark = async (runbook: Runbook, mitigation: ExecuteMitigation): Promise<readonly Plan[]> =>
  (await Promise.all(DEAD.map((reply) => decideThrough(runbook, mitigation, { get: async () => reply }, 0, {})))).flatMap(({ plan }) => plan ?? []);

/** The commands of a mitigation with what steps put out filled in, by the name of the output. What is not given stays open. */
export const filled = (mitigation: Mitigation, values: Readonly<Record<string, string>> = {}): readonly string[] => {
  const lookup: Lookup = <T>(ref: { readonly from: string; readonly output?: string }) =>
    (ref.output !== undefined && values[ref.output] !== undefined ? { state: 'known' as const, value: values[ref.output] as T } : { state: 'pending' as const });
  return 'commands' in mitigation ? (mitigation.commands ?? []).map((command) => fillCommand(command, lookup).text) : [];
};
