import fc from 'fast-check';
import { copyOf, isSame } from './structure';

describe('copyOf and isSame', () => {
  it('agree with JSON text about any JSON data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const copy = copyOf(value);
        expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
        expect(isSame(value, copy)).toBe(true);
      }),
    );
  });

  it('tell apart what differs, in either direction', () => {
    for (const [a, b] of [[{ a: 1 }, { a: 2 }], [{ a: 1 }, {}], [{}, { a: 1 }], [[1], [1, 2]], [[], {}], [null, {}], ['1', 1]]) {
      expect(isSame(a, b)).toBe(false);
      expect(isSame(b, a)).toBe(false);
    }
    expect(isSame({ a: undefined }, {})).toBe(true);
  });
});
