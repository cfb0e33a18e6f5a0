/**
 * A reason not to go on that the person at the keyboard can do something about: one sentence with what to do.
 * The launcher prints the sentence alone (no stack) and exits 1; every other error is a defect and keeps its stack.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
