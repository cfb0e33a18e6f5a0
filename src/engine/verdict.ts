import { type Cause } from './cause';
import { type Message } from './message';
import { type CauseReport, type StepReport, type Verdict } from './report';
import { type Reason } from './step';

const STRENGTH: readonly Verdict[] = ['confirmed', 'supported', 'open', 'refuted'];
const CAN_FIRE: readonly CauseReport['fires'][] = ['yes', 'unknown', 'no'];

/** Was this reason found? What a person stated, and what a step could not tell, is not found by reading. */
const found = (steps: ReadonlyMap<string, StepReport>, kinds: readonly StepReport['kind'][]) => ({ step, reason }: Reason): boolean => {
  const report = steps.get(step);
  return report?.state === 'done' && kinds.includes(report.kind) && report.outcome !== 'unknown' && [report.reason, ...report.also].includes(reason);
};

const verdictOn = (cause: Cause, steps: ReadonlyMap<string, StepReport>): Pick<CauseReport, 'verdict' | 'for' | 'against'> => {
  const read = found(steps, ['read']);
  const stated = found(steps, ['ask']);
  const confirming = cause.confirmedBy.filter(read);
  // An answer of a person confirms nothing alone.
  const supporting = [...cause.supportedBy.filter((reason) => read(reason) || stated(reason)), ...cause.confirmedBy.filter(stated)];
  const refuting = cause.refutedBy.filter((reason) => read(reason) && steps.get(reason.step)?.complete);
  const speaksFor = unique([...confirming, ...supporting]);
  if (confirming.length > 0) return { verdict: 'confirmed', for: speaksFor, against: unique(refuting) };
  if (refuting.length > 0) return { verdict: 'refuted', for: speaksFor, against: unique(refuting) };
  if (supporting.length > 0) return { verdict: 'supported', for: speaksFor, against: [] };
  const asked = unique([...cause.confirmedBy, ...cause.supportedBy]).map((step) => steps.get(step)).filter((step) => step?.kind === 'read');
  // Looked for everywhere, found nowhere.
  const looked = asked.length > 0 && asked.every((step) => step?.state === 'done' && step.complete && step.outcome !== 'unknown');
  return looked ? { verdict: 'refuted', for: [], against: asked.map((step) => step?.step ?? '') } : { verdict: 'open', for: [], against: [] };
};

const unique = (reasons: readonly Reason[]): readonly string[] => [...new Set(reasons.map(({ step }) => step))];

/**
 * The verdict on every cause, most likely first: by verdict, then what can fire the rule, then who explains the other,
 * then the author's order. `form` is the id of the loaded rule's form: null if it is none that we know, undefined if the
 * rule could not be read.
 */
export const judge = (
  { causes, company }: { causes: readonly Cause[]; company: readonly Cause[] }, steps: readonly StepReport[], form: string | null | undefined,
): readonly CauseReport[] => {
  const byId = new Map(steps.map((step) => [step.step, step]));
  const report = (cause: Cause, canFire: boolean): CauseReport => ({
    cause: cause.id, says: cause.says, nature: cause.nature, ...verdictOn(cause, byId),
    fires: !canFire ? 'no' : !form ? 'unknown' : !cause.firesIn || cause.firesIn.includes(form) ? 'yes' : 'no',
    mitigations: cause.mitigations.map(({ id }) => id),
  });
  const reports = [...causes.map((cause) => report(cause, true)), ...company.map((cause) => report(cause, false))];
  const explains = new Map([...causes, ...company].map((cause) => [cause.id, cause.explains]));
  return STRENGTH.flatMap((verdict) => CAN_FIRE.flatMap((fires) =>
    explainedLast(reports.filter((one) => one.verdict === verdict && one.fires === fires), explains)));
};

/** The author's order, but for each cause that another one of them explains: it goes after that one. */
const explainedLast = (reports: readonly CauseReport[], explains: ReadonlyMap<string, readonly string[]>): readonly CauseReport[] => {
  const left = [...reports];
  const out: CauseReport[] = [];
  while (left.length > 0) {
    const free = left.findIndex(({ cause }) => !left.some((other) => other.cause !== cause && explains.get(other.cause)?.includes(cause)));
    out.push(...left.splice(Math.max(free, 0), 1));
  }
  return out;
};

/** The sentence of the step that proves a cause: the answer to "how do you know?". */
export const proofOf = (cause: CauseReport, steps: readonly StepReport[]): Message | undefined =>
  steps.find(({ step }) => step === cause.for[0])?.says;
