import { createLooks } from './looks';
import { type Observation } from './observation';
import { type Operation, targetOf } from './operation';
import { type Kind } from './source';

const Node: Kind = { kind: 'Node', plural: 'nodes', group: '', versions: ['v1'], namespaced: false };
const target = targetOf(Node, { metadata: { name: 'n', uid: 'u', resourceVersion: '1' } });
const node = (spec: object, uid = 'u') => ({ metadata: { name: 'n', uid, resourceVersion: '2' }, spec });

const recheck = (operation: Operation, seen: Observation) => createLooks({ read: async () => seen }, new AbortController().signal).recheck(operation);
const found = (object: object): Observation => ({ state: 'ok', items: [object], complete: true, readAt: 0 });

describe('looking again before a write that names what it expects', () => {
  const close: Operation = { id: 'close', verb: 'patch', target, expects: { '/spec/unschedulable': undefined }, patch: [{ op: 'add', path: '/spec/unschedulable', value: true }] };

  it('minds that alone: the rest of the object may have changed', async () => {
    expect(await recheck(close, found(node({})))).toEqual({ same: true });
    expect(await recheck({ ...close, expects: undefined }, found(node({})))).toEqual({ same: false, words: 'It was changed.' });
  });

  it('says what stands there instead', async () => {
    expect(await recheck(close, found(node({ unschedulable: true })))).toEqual({ same: false, words: 'It was changed: /spec/unschedulable is true.' });
    expect(await recheck({ ...close, expects: { '/spec/unschedulable': true } }, found(node({})))).toEqual({ same: false, words: 'It was changed: /spec/unschedulable is not set.' });
  });

  it('minds the uid all the same', async () => {
    expect(await recheck(close, found(node({}, 'other')))).toEqual({ same: false, words: 'It was deleted and created anew.', gone: true });
  });
});

describe('looking again after a write without an answer', () => {
  const unknown = { operation: 'o', state: 'unknown', words: 'timedOut' } as const;
  const told = (operation: Operation, seen: Observation) => createLooks({ read: async () => seen }, new AbortController().signal).readBack(unknown, operation);
  const remove: Operation = { id: 'o', verb: 'delete', uidOnly: true, target };
  const create: Operation = { id: 'o', verb: 'create', target: { ...target, uid: '', resourceVersion: '' }, object: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } } };
  const failed: Observation = { state: 'failed', reason: 'unreachable', detail: 'cut', readAt: 0 };

  it.each<[string, Operation, Observation, object]>([
    ['what is being deleted was deleted', remove, found({ metadata: { name: 'n', uid: 'u', resourceVersion: '2', deletionTimestamp: '2026-11-21T10:00:00Z' } }), { operation: 'o', state: 'accepted' }],
    ['what is there was not deleted', remove, found(node({})), { ...unknown, words: 'timedOut. Read again: it is as it was.' }],
    ['what cannot be read is not known', remove, failed, { ...unknown, words: 'timedOut. Read again: It could not be read: cut' }],
    ['what is there was created', create, found(node({})), { operation: 'o', state: 'accepted', uid: 'u' }],
    ['what is not there was not created', create, { state: 'absent', readAt: 0 }, { ...unknown, words: 'timedOut. Read again: it does not exist.' }],
    ['what cannot be read may have been created', create, failed, { ...unknown, words: 'timedOut. Read again: It could not be read: cut' }],
  ])('%s', async (_, operation, seen, result) => expect(await told(operation, seen)).toEqual(result));

  it('says nothing more where the page was left', async () => {
    const left = createLooks({ read: async () => { throw new Error('aborted'); } }, new AbortController().signal);
    expect(await left.readBack(unknown, create)).toEqual(unknown);
  });
});
