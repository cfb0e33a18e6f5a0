import { becameOf } from './became';
import { type Observation } from './observation';
import { type Operation } from './operation';

const target = { kind: 'Deployment', group: 'apps', apiVersion: 'apps/v1', plural: 'deployments', namespace: 'shop', name: 'a', uid: 'u', resourceVersion: '1' };
const remove = { id: 'x', verb: 'delete', target } as Operation;
const change = { id: 'x', verb: 'patch', target, patch: [{ op: 'test', path: '/spec/replicas', value: 0 }, { op: 'add', path: '/spec/replicas', value: 2 }] } as Operation;
const append = { id: 'x', verb: 'patch', target, patch: [{ op: 'add', path: '/spec/list/-', value: 2 }] } as Operation;
const create = { id: 'x', verb: 'create', target: { ...target, uid: '' }, object: {} } as unknown as Operation;
const call = { id: 'x', verb: 'call', subresource: 'start', target } as Operation;

const found = (object: object): Observation => ({ state: 'ok', items: [object], complete: true, readAt: 0 }) as unknown as Observation;
const same = found({ metadata: { uid: 'u' }, spec: { replicas: 0 } });
const absent: Observation = { state: 'absent', readAt: 0 };
const failed: Observation = { state: 'failed', reason: 'forbidden', detail: 'not yours', readAt: 0 };

test.each<[string, Operation, Observation, string, RegExp]>([
  ['a deletion', remove, absent, 'done', /^It is gone\.$/],
  ['a deletion', remove, found({ metadata: { uid: 'other' } }), 'done', /Another one has its name/],
  ['a deletion', remove, found({ metadata: { uid: 'u', deletionTimestamp: '2026' } }), 'done', /being deleted/],
  ['a deletion', remove, same, 'notDone', /still there/],
  ['a deletion', remove, failed, 'unknown', /could not be read/],
  ['a change', change, found({ metadata: { uid: 'u' }, spec: { replicas: 2 } }), 'done', /as the plan wanted/],
  ['a change', change, same, 'notDone', /is \{\{value\}\}/],
  ['a change', change, found({ metadata: { uid: 'other' } }), 'unknown', /created anew/],
  ['a change', change, absent, 'unknown', /any more/],
  ['a change of a list', append, same, 'unknown', /list/],
  ['a creation', create, same, 'done', /exists/],
  ['a creation', create, absent, 'notDone', /does not exist/],
  ['a call', call, same, 'unknown', /does not record/],
])('what became of %s', async (_, operation, seen, state, says) => {
  const became = await becameOf(operation, { look: () => Promise.resolve(seen) });
  expect(became.state).toBe(state);
  expect(became.says.text).toMatch(says);
});

test('a reading that is given up tells nothing', async () => {
  expect(await becameOf(remove, { look: () => Promise.reject(new Error('left')) })).toMatchObject({ state: 'unknown' });
});
