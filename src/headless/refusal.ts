/** How a run that did not come to a result ends, as sysexits.h numbers it: wrong usage, or nothing to be reached. */
export const EXIT_OF_REFUSAL = { usage: 64, unreachable: 69 } as const;

/** A reason not to go on that the person at the keyboard can do something about: printed alone, without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    message: string,
    readonly kind: keyof typeof EXIT_OF_REFUSAL,
  ) {
    super(message);
  }
}
