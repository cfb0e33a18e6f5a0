/** Where the simulator may answer differently, and why. `parts` are the parts of the answer that are then not compared. */
export interface Exception {
  /** `area: name` of the row. */
  readonly row: string;
  readonly parts: readonly ('message' | 'body')[];
  readonly why: string;
}

/** Everything else agrees. */
export const EXCEPTIONS: readonly Exception[] = [
  { row: 'list: of labels that cannot be parsed', parts: ['message'], why: 'The words of the parser of label selectors; nothing reads them, and the selectors of the product are its own.' },
  { row: 'list: of labels with an operator that is none', parts: ['message'], why: 'The same words.' },
  { row: 'list: continue that is no token', parts: ['message'], why: 'The message ends with the words of a JSON parser about bytes that nobody sent.' },
];
