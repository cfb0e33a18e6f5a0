import { msg } from './message';
import { type Operation, type Plan } from './operation';
import { overtakenOf } from './overtaken';

const remove = (name: string, spec: Partial<Operation['target']> = {}, uidOnly = false): Operation => ({
  id: name, verb: 'delete', ...(uidOnly ? { uidOnly: true as const } : {}),
  target: { kind: 'Pod', plural: 'pods', apiVersion: 'v1', namespace: 'shop', name, uid: `uid-${name}`, resourceVersion: '1', ...spec },
});
const planOf = (operations: readonly Operation[], isSelection = false): Plan => ({
  sentence: msg('.'), operations, effects: [], vmsAffected: msg('.'), confirm: { kind: 'button' }, verify: [], undo: { possible: false, says: msg('.') },
  ...(isSelection ? { selection: { says: msg('.'), fits: { kind: 'Pod', namespaces: 'all namespaces' as const, createdBefore: '2026' }, errorLimit: 0 } } : {}),
});
const planned = (plan: Plan) => ({ phase: 'planned' as const, plan });

test('nothing is said while the targets are as they were', () => {
  const plan = planOf([remove('a')]);
  expect(overtakenOf(plan, planned(planOf([remove('a')])))).toBeUndefined();
  expect(overtakenOf(plan, { phase: 'reading' })).toBeUndefined();
});

test('a target that changed, that is another one, or that is gone, is named', () => {
  const names = (operations: readonly Operation[]) => overtakenOf(planOf([remove('a')]), planned(planOf(operations)))?.changed.map(({ name }) => name);
  expect(names([remove('a', { resourceVersion: '2' })])).toEqual(['a']);
  expect(names([remove('a', { uid: 'other' })])).toEqual(['a']);
  expect(names([])).toEqual(['a']);
});

test('where the state may go on changing only another object counts', () => {
  const plan = planOf([remove('a', {}, true)]);
  expect(overtakenOf(plan, planned(planOf([remove('a', { resourceVersion: '2' }, true)])))).toBeUndefined();
  expect(overtakenOf(plan, planned(planOf([remove('a', { uid: 'other' }, true)])))?.changed).toHaveLength(1);
});

test('what a selection would take in by now is counted', () => {
  const now = planned(planOf([remove('a'), remove('b'), remove('c')], true));
  expect(overtakenOf(planOf([remove('a')], true), now)).toEqual({ changed: [], more: 2 });
});

test('a refusal overtakes a plan, evidence that is only missing does not', () => {
  const plan = planOf([remove('a')]);
  expect(overtakenOf(plan, { phase: 'refused', refused: { says: msg('Nothing to do.'), missing: [] } })?.refused?.text).toBe('Nothing to do.');
  expect(overtakenOf(plan, { phase: 'refused', refused: { says: msg('.'), missing: [{ reading: 'x', reason: 'timedOut' }] } })).toBeUndefined();
});

test('what is to be created has no state that could change', () => {
  const create: Operation = { ...remove('a', { uid: '' }), verb: 'create', object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } } } as Operation;
  expect(overtakenOf(planOf([create]), planned(planOf([remove('b')])))).toBeUndefined();
});
