import { addedByServer, differences, valueAt } from './differences';

const before = { metadata: { name: 'a', resourceVersion: '1', generation: 1, managedFields: [1], annotations: { 'a/b': 'x' } }, spec: { running: true, list: [1, 2] } };

describe('differences', () => {
  it('leaves out the server’s own marks', () => {
    expect(differences(before, { ...before, metadata: { ...before.metadata, resourceVersion: '2', generation: 2, managedFields: [2] } })).toEqual([]);
  });
  it('names each field by its pointer, and a list as a whole', () => {
    expect(differences(before, { ...before, metadata: { ...before.metadata, annotations: {} }, spec: { running: false, list: [1], more: { a: 1 } } })).toEqual([
      { path: '/metadata/annotations/a~1b', from: 'x', to: undefined },
      { path: '/spec/running', from: true, to: false },
      { path: '/spec/list', from: [1, 2], to: [1] },
      { path: '/spec/more', from: undefined, to: { a: 1 } },
    ]);
  });
});

describe('addedByServer', () => {
  it('is what nobody asked for', () => {
    const after = { ...before, spec: { ...before.spec, running: false, machine: { type: 'q35' } } };
    expect(addedByServer(before, after, [{ path: '/spec/running', from: true, to: false }])).toEqual([{ path: '/spec/machine', from: undefined, to: { type: 'q35' } }]);
  });
  it('is nothing within or around what was asked for', () => {
    const after = { ...before, spec: { ...before.spec, domain: { machine: { type: 'q35' } } } };
    expect(addedByServer(before, after, [{ path: '/spec/domain/machine/type', from: undefined, to: 'q35' }])).toEqual([]);
  });
});

it.each([['/spec/running', true], ['/spec/list/1', 2], ['/metadata/annotations/a~1b', 'x'], ['/status/phase', undefined], ['/spec/running/deeper', undefined]])('finds what stands at %s', (pointer, value) =>
  expect(valueAt(before, pointer)).toEqual(value));
