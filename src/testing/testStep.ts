import { type Evidence, type Finding, type Outcome, type Rows, plainText } from '../engine';
import { type ReadStep } from '../engine/step';
import { READ_AT } from './evidence';

/** One row of a step's table: literal evidence, and what the step must make of it. */
export interface StepCase {
  /** One evidence per reading of the step. */
  readonly given: Readonly<Record<string, Evidence<unknown>>>;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly activeAt?: number;
  readonly finds: readonly [outcome: Outcome, reason: string, ...also: readonly string[]];
  /** Words that the sentence must hold, holes filled. */
  readonly says?: string;
  /** Outputs, those that the row is about. */
  readonly out?: Readonly<Record<string, unknown>>;
}

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
};

const sizes = (rows: readonly Rows[]): readonly (readonly [number, number])[] =>
  rows.flatMap((one) => (one.of === 'table' ? one.rows.map((row) => [one.columns.length, row.length] as const) : []));

/**
 * The spec of a step: a table of evidence. Besides the rows it asks that every declared reason comes up, that no other does,
 * that the step does not always say the same, and that each table has as many cells as columns. Evidence is frozen.
 */
export const testStep = (step: ReadStep, table: Readonly<Record<string, StepCase>>): void => {
  describe(step.id, () => {
    const seen: Finding[] = [];

    for (const [title, { given, inputs = {}, labels = {}, activeAt, finds: [outcome, reason, ...also], says, out }] of Object.entries(table)) {
      it(`finds ${reason} when ${title}`, () => {
        expect(Object.keys(given).sort()).toEqual(Object.keys(step.reads).sort());
        const known = frozen({ now: READ_AT, labels, inputs, ...(activeAt === undefined ? {} : { activeAt }) });
        const finding = step.check(frozen(given), known);
        seen.push(finding);
        expect([finding.outcome, finding.reason, ...(finding.also ?? [])]).toEqual([outcome, reason, ...also]);
        if (says !== undefined) expect(plainText(finding.says)).toContain(says);
        for (const [columns, cells] of sizes(finding.rows ?? [])) expect(cells).toBe(columns);
        for (const [name, value] of Object.entries(out ?? {})) expect({ [name]: step.outputs[name]?.(given, known) }).toEqual({ [name]: value });
      });
    }

    it('gives each of its reasons somewhere, and no other', () => {
      expect([...new Set(seen.flatMap(({ reason, also = [] }) => [reason, ...also]))].sort()).toEqual([...step.reasons].sort());
    });

    it('does not always say the same', () => {
      expect(new Set(seen.map(({ outcome }) => outcome)).size).toBeGreaterThan(1);
    });
  });
};
