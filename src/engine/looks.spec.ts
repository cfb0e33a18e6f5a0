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
