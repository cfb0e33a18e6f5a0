import { type Hole, msg, plainText } from './message';

describe('msg', () => {
  it('keeps text and holes as data', () => {
    expect(msg('{{n}} of {{m}}', { n: 1, m: 2 })).toEqual({ text: '{{n}} of {{m}}', holes: { n: 1, m: 2 } });
    expect(msg('None.')).toEqual({ text: 'None.' });
  });

  it('does not compile with a hole left open, or one that the text does not have', () => {
    // @ts-expect-error The hole `m` is open.
    msg('{{n}} of {{m}}', { n: 1 });
    // @ts-expect-error The text has no hole `m`.
    msg('{{n}}', { n: 1, m: 2 });
    // @ts-expect-error The text has a hole.
    msg('{{n}}');
    // @ts-expect-error The text has no hole at all.
    msg('None.', { n: 1 });
    // @ts-expect-error An object is no hole.
    msg('{{n}}', { n: { metadata: {} } });
    expect.assertions(0);
  });
});

describe('plainText', () => {
  it.each<[string, Hole, string]>([
    ['a string', 'a', 'a'],
    ['a number', 0, '0'],
    ['a duration', { duration: 59.6 }, '60 s'],
    ['bytes', { bytes: 0 }, '0 B'],
    ['a quantity', { quantity: '100m' }, '100m'],
    ['an instant', { instant: '2026-11-21T10:00:00Z' }, '2026-11-21T10:00:00Z'],
    ['an object', { object: { kind: 'Pod', name: 'a', namespace: 'b' } }, 'b/a'],
    ['an object outside namespaces', { object: { kind: 'Node', name: 'a' } }, 'a'],
    ['a list', { list: ['a', 1, { quantity: '2Gi' }] }, 'a, 1, 2Gi'],
    ['an empty list', { list: [] }, ''],
    ['a message', { message: msg('{{n}} pods', { n: 3 }) }, '3 pods'],
    ['text that looks like a hole', '{{hole}}', '{{hole}}'],
    ['text that looks like a replacement', '$& $1 $$', '$& $1 $$'],
  ])('writes %s', (_, hole, written) => {
    expect(plainText(msg('<{{hole}}>', { hole }))).toBe(`<${written}>`);
  });

  it('leaves a hole that nothing fills', () => {
    expect(plainText({ text: '{{a}} {{b}}', holes: { a: 'x' } })).toBe('x {{b}}');
    expect(plainText({ text: '{{toString}}' })).toBe('{{toString}}');
  });
});
