import { msg } from './message';
import { takesNotes, withNotes } from './note';
import { type Operation, type Plan, targetOf } from './operation';
import { writeOf } from './send';
import { type Kind } from './source';

const Pod: Kind = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const Node: Kind = { kind: 'Node', plural: 'nodes', group: '', versions: ['v1'], namespaced: false };
const AT = '2026-11-21T10:00:00.000Z';
const pod: Operation = { id: 'delete', verb: 'delete', target: targetOf(Pod, { metadata: { name: 'a', namespace: 'red', uid: '0123456789', resourceVersion: '1' } }) };
const node: Operation = { id: 'cordon', verb: 'patch', patch: [], target: targetOf(Node, { metadata: { name: 'n', uid: 'nnnnnnnnnn', resourceVersion: '1' } }) };
const plan = (...operations: readonly Operation[]): Plan => ({ sentence: msg('Delete {{pod}}.', { pod: 'a' }), operations, effects: [], vmsAffected: msg('.'), confirm: { kind: 'button' }, verify: [], undo: { possible: false, says: msg('.') } });

it('leaves an Event on what is changed, after everything else', () => {
  const [, note] = withNotes(plan(pod), msg('Replace a pod'), AT).operations;
  expect(note).toMatchObject({ verb: 'create', afterAll: true, target: { kind: 'Event', namespace: 'red', uid: '' } });
  expect(writeOf(note!, true)).toMatchObject({
    method: 'POST', path: '/api/v1/namespaces/red/events?fieldManager=virt-runbooks-plugin&dryRun=All',
    body: { kind: 'Event', metadata: { namespace: 'red' }, involvedObject: { kind: 'Pod', apiVersion: 'v1', namespace: 'red', name: 'a', uid: '0123456789' }, reason: 'Mitigation', action: 'Replace a pod', message: 'Delete a.', lastTimestamp: AT },
  });
});

it('writes what belongs to no namespace where the cluster’s own events stand', () => {
  const [, note] = withNotes(plan(node), msg('.'), AT).operations;
  expect(note).toMatchObject({ target: { namespace: 'default' }, object: { involvedObject: { name: 'n' } } });
  expect(note).not.toHaveProperty('object.involvedObject.namespace');
});

it('leaves one for each object, however often it is written', () => {
  expect(withNotes(plan(node, { ...node, id: 'again' }, pod), msg('.'), AT).operations.map(({ id }) => id)).toEqual(['cordon', 'again', 'delete', 'note-nnnnnnnnnn', 'note-0123456789']);
});

it('leaves none on a selection, on too many, and on what is only to be created', () => {
  const many = Array.from({ length: 21 }, (_, i): Operation => ({ ...pod, id: `${i}`, target: { ...pod.target, uid: `${i}` } }));
  const selected: Plan = { ...plan(pod), selection: { says: msg('.'), fits: { kind: 'Pod', namespaces: 'all namespaces', createdBefore: AT }, errorLimit: 0 } };
  const created = plan({ id: 'create', verb: 'create', target: { ...pod.target, uid: '' }, object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } } });
  for (const one of [plan(...many), selected, created]) {
    expect(takesNotes(one)).toBe(false);
    expect(withNotes(one, msg('.'), AT)).toEqual(one);
  }
  expect(takesNotes(plan(pod))).toBe(true);
});
