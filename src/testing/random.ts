/** The letters Kubernetes makes generated names of: no vowels, so that no words appear (k8s.io/apimachinery/pkg/util/rand). */
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** A source of names and uids that gives the same ones for the same seed, so that specs and screenshots are stable. */
export interface Random {
  /** A v4 UUID. */
  uid(): string;
  /** As many letters as `metadata.generateName` (5) or a pod template hash (8 to 10) would get. */
  letters(count: number): string;
  /** Hexadecimal digits, as of an image digest. */
  hex(count: number): string;
  /** A whole number of at least 0 and less than `below`. */
  number(below: number): number;
  /** A source that goes on from here by itself. */
  copy(): Random;
}

/** Builds the source; the generator is mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (below: number): number => Math.floor(next() * below);
  const pick = (from: string, count: number): string => Array.from({ length: count }, () => from.charAt(number(from.length))).join('');
  const hex = (count: number): string => pick('0123456789abcdef', count);
  return {
    uid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick('89ab', 1)}${hex(3)}-${hex(12)}`,
    letters: (count) => pick(NAME_LETTERS, count),
    hex,
    number,
    copy: () => randomFrom(state),
  };
}
