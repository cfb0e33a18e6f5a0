import { createClock } from './clock';

const at = (start: number) => {
  let local = start;
  return { clock: createClock(() => local), pass: (ms: number) => { local += ms; } };
};

describe('createClock', () => {
  it('is the local clock until a server has spoken', () => {
    expect(at(5000).clock.now()).toBe(5000);
    expect(at(5000).clock.skew()).toBe(0);
  });

  it.each([
    ['of the same second', 5999, 5000, 0],
    ['that is a moment behind its own header', 5000, 5000, 0],
  ])('does not take the whole seconds of a header for skew: %s', (_, local, date, skew) => {
    const { clock } = at(local);
    clock.heard(date);
    expect(clock.skew()).toBe(skew);
  });

  it('follows the server to within a second, whichever is ahead, and goes on from there', () => {
    for (const apart of [600_000, -600_000]) {
      const { clock, pass } = at(10_000_400);
      clock.heard(10_000_000 - apart);
      expect(Math.abs(clock.now() - (10_000_400 - apart))).toBeLessThanOrEqual(1000);
      const before = clock.now();
      pass(3000);
      expect(clock.now()).toBe(before + 3000);
    }
  });

  it('does not take a slow answer for skew', () => {
    const { clock, pass } = at(1_000_000);
    pass(20_000);
    clock.heard(1_000_000, 20_000);
    expect(clock.skew()).toBe(0);
  });

  it('stands still between two answers that agree', () => {
    const { clock, pass } = at(1_000_900);
    clock.heard(900_000);
    const skew = clock.skew();
    pass(500);
    clock.heard(901_000);
    expect(Math.abs(clock.skew() - skew)).toBeLessThanOrEqual(1000);
    pass(60_000);
    clock.heard(961_000);
    expect(clock.skew()).toBeLessThanOrEqual(100_900);
    expect(clock.skew()).toBeGreaterThanOrEqual(99_900);
  });
});
