import { type Operation } from '../engine';
import { applyPatch } from 'fast-json-patch';
import { fieldPatch, pointer } from './fieldPatch';

const target = { kind: 'Thing', plural: 'things', apiVersion: 'v1', name: 'a', uid: 'u', resourceVersion: '7' };
const thing = (spec?: object) => ({ metadata: { uid: 'u', resourceVersion: '7' }, ...(spec ? { spec } : {}) });
const patchOf = (operation: Operation) => (operation.verb === 'patch' ? operation.patch : []);
const carriedOut = (object: object, ...operations: readonly Operation[]) =>
  operations.reduce<object>((at, operation) => applyPatch(structuredClone(at), structuredClone(patchOf(operation)) as Parameters<typeof applyPatch>[1], true).newDocument, object);

describe('the pointer to a field', () => {
  it('escapes its keys', () => expect(pointer('metadata', 'annotations', 'a.io/b~c', 0)).toBe('/metadata/annotations/a.io~1b~0c/0'));
});

describe('changing one field', () => {
  it.each([
    ['that has a value', thing({ mode: 'A', more: 1 }), '/spec/mode', 'B', thing({ mode: 'B', more: 1 })],
    ['that holds a list', thing({ methods: ['LiveMigrate'] }), '/spec/methods', [], thing({ methods: [] })],
    ['that is not there', thing({ more: 1 }), '/spec/mode', 'B', thing({ mode: 'B', more: 1 })],
    ['to nothing', thing({ mode: 'A', more: 1 }), '/spec/mode', undefined, thing({ more: 1 })],
  ])('%s is taken back to the letter', (_, object, path, to, after) => {
    const { operation, undo } = fieldPatch({ id: 'set', target, object, path, to });
    expect(carriedOut(object, operation)).toEqual(after);
    expect(carriedOut(object, operation, undo)).toEqual(object);
    expect(undo).toMatchObject({ id: 'set-back', undoes: 'set', expects: { [path]: to } });
  });

  it('makes the maps that lead to it', () => {
    const object = thing();
    const { operation, undo } = fieldPatch({ id: 'set', target, object, path: '/spec/deep/er~1key', to: 3 });
    expect(patchOf(operation)).toEqual([{ op: 'test', path: '/metadata/resourceVersion', value: '7' }, { op: 'add', path: '/spec', value: { deep: { 'er/key': 3 } } }]);
    expect(carriedOut(object, operation)).toEqual(thing({ deep: { 'er/key': 3 } }));
    // What others may have put into them meanwhile stays.
    expect(carriedOut(object, operation, undo)).toEqual(thing({ deep: {} }));
  });

  it('stands on the value that was seen, not on the rest of the object', () => {
    const { operation } = fieldPatch({ id: 'set', target, object: thing({ mode: 'A' }), path: '/spec/mode', to: 'B' });
    expect(operation).toEqual({ id: 'set', verb: 'patch', target, expects: { '/spec/mode': 'A' }, patch: [{ op: 'test', path: '/spec/mode', value: 'A' }, { op: 'replace', path: '/spec/mode', value: 'B' }] });
    expect(() => carriedOut(thing({ mode: 'C' }), operation)).toThrow(/test/i);
  });

  it('of an object that changes all the time stands on the field alone', () => {
    const { operation } = fieldPatch({ id: 'set', target, object: thing({}), path: '/spec/closed', to: true, isLively: true });
    expect(operation).toEqual({ id: 'set', verb: 'patch', target, expects: { '/spec/closed': undefined }, patch: [{ op: 'add', path: '/spec/closed', value: true }] });
  });

  it('tests first that the element is the one that was meant, on the way back too', () => {
    const guard = { op: 'test' as const, path: '/spec/list/1/name', value: 'b' };
    const object = thing({ list: [{ name: 'a' }, { name: 'b', on: false }] });
    const { operation, undo } = fieldPatch({ id: 'set', target, object, path: '/spec/list/1/on', to: true, guards: [guard] });
    expect([patchOf(operation)[0], patchOf(undo)[0]]).toEqual([guard, guard]);
    expect(() => carriedOut(thing({ list: [{ name: 'b' }, { name: 'a', on: false }] }), operation)).toThrow(/test/i);
  });
});
