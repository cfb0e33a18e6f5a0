import { type MitigationRecord, type Operation, type OperationResult, type Plan, type Runbook, endOf, writeOf } from '../engine';
import { installed } from '../steps/installed';
import { type Cluster } from '../testing/cluster';
import { type Staged, undertakeIn } from '../testing/undertakeIn';
import { ruleOf } from '../testing/testRunbook';
import { type Scene } from './testing-faultScenes';

/** Faked timers, which a plan waits on between its operations; what drives a diagnosis is left alone. */
export const fakeTimers = (): void => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance', 'Date'] });
};

const worlds = new Map<string, Cluster>();
/** A world of its own for each spec; it is lived through once. */
const worldOf = ({ name, given }: Scene): Cluster => {
  const first = worlds.get(name) ?? given();
  worlds.set(name, first);
  return first.copy();
};

/** The runbook without its diagnosis, but for where things are: what the mitigation rests on and what verifies it is read all the same. */
const quiet = (runbook: Runbook): Runbook => ({ ...runbook, diagnosis: runbook.diagnosis.filter(({ id }) => id === installed.id), causes: [], company: [], around: [], affected: undefined });

/** A scene with its plan made, and nothing asked of the server yet. `prepare` changes the targets first, of which the plan is made anew. */
export const planned = async (scene: Scene, prepare?: (cluster: Cluster, operation: Operation) => void): Promise<Staged> => {
  const { runbook, mitigation, picked, metrics, proof } = scene;
  const cluster = worldOf(scene);
  const staged = await undertakeIn({ runbook: quiet(runbook), mitigation, cluster, rule: ruleOf(runbook, {}), ...(picked ? { picked: picked(cluster) } : {}), ...(metrics ? { metrics } : {}) });
  if (proof) await staged.later(proof);
  if (prepare) {
    for (const operation of planOf(staged).operations) prepare(cluster, operation);
    await staged.later(proof ?? 1_000);
    if (proof) await staged.later(proof);
  }
  expect(staged.state()).toMatchObject({ phase: 'planned' });
  return staged;
};

/** A scene with its plan previewed. */
export const previewed = async (scene: Scene): Promise<Staged> => {
  const staged = await planned(scene);
  await staged.undertaking.preview();
  expect(staged.state()).toMatchObject({ phase: 'previewed' });
  return staged;
};

/** The plan that is fixed. */
export const planOf = ({ state }: Pick<Staged, 'state'>): Plan => {
  const { plan } = state();
  if (!plan) throw new Error('There is no plan');
  return plan;
};

/** The record, where there has to be one. */
export const recordOf = ({ undertaking }: Pick<Staged, 'undertaking'>): MitigationRecord => {
  const record = undertaking.record();
  if (!record) throw new Error('There is no record');
  return record;
};

/** What became of the operations, in their order. */
export const statesOf = ({ state }: Pick<Staged, 'state'>): readonly OperationResult['state'][] => state().results.map((result) => result.state);

/** How many ended so. */
export const countOf = (staged: Pick<Staged, 'state'>, ...of: readonly OperationResult['state'][]): number => statesOf(staged).filter((one) => of.includes(one)).length;

/** Whether the server itself holds what a deletion names against the state that was looked at. */
const isGuarded = ({ selection }: Plan): boolean => selection !== undefined;

/** What is put on the record, whatever happens: what was sent and what was said of it agree, and nothing was sent that was not confirmed. */
export const expectHonest = (staged: Staged): void => {
  const { state, written, handedOver } = staged;
  const plan = planOf(staged);
  const { results } = state();
  const wanted = new Map(plan.operations.map((operation) => [operation.id, JSON.stringify(writeOf(operation, false))]));
  const sent = handedOver.map((write) => JSON.stringify(write));
  expect(new Set(sent).size).toBe(sent.length);
  expect(sent.filter((one) => ![...wanted.values()].includes(one))).toEqual([]);
  const taken = written.filter(({ status }) => status < 300).map(({ method, path, body }) => JSON.stringify({ method, path, body }));
  expect(new Set(taken).size).toBe(taken.length);

  expect(results.map(({ operation }) => operation)).toEqual([...wanted.keys()]);
  expect(countOf(staged, 'waiting', 'sending')).toBe(0);
  for (const { operation, state: now } of results) {
    const was = sent.includes(wanted.get(operation) ?? '');
    if (now === 'notSent' || (now === 'changed' && !isGuarded(plan))) expect({ operation, was }).toEqual({ operation, was: false });
    else expect({ operation, was }).toEqual({ operation, was: true });
  }

  const record = recordOf(staged);
  const kept = plan.selection ? results.filter((one) => one.state !== 'accepted') : results;
  expect(record.results).toEqual(kept);
  expect(record.plan.operations).toEqual(plan.operations);
  expect(endOf(record)).toBe(endThatIsTrue(staged, record));
};

/** How it ended, told of the results alone. */
const endThatIsTrue = (staged: Staged, { clearedAt }: MitigationRecord): string => {
  if (countOf(staged, 'unknown') > 0) return 'unknown';
  const isDone = countOf(staged, 'accepted') + (planOf(staged).selection ? countOf(staged, 'changed') : 0) === statesOf(staged).length;
  if (!isDone) return 'stopped';
  return clearedAt === undefined ? 'done' : 'cleared';
};

/** What verification says now, in order. */
export const verifiedAs = ({ state }: Pick<Staged, 'state'>): readonly (string | undefined)[] => state().verification.map(({ outcome }) => outcome);
