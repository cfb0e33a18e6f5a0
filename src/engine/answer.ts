import { OUTCOMES, type Outcome, worse } from './finding';
import { type Missing } from './observation';
import { type AlertReport, type Answer, type CauseReport, type Report, type StepReport } from './report';

/** The most pressing outcome of all steps that are done. */
export const rollUp = (steps: readonly StepReport[]): Outcome =>
  steps.reduce<Outcome>((worst, { outcome }) => (outcome ? worse(worst, outcome) : worst), 'notApplicable');

/** How many steps came to which outcome, and how many have not come to any yet. */
export const count = (steps: readonly StepReport[]): Report['counts'] => ({
  ...(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, steps.filter((step) => step.outcome === outcome).length])) as Record<Outcome, number>),
  steps: steps.length,
  waiting: steps.filter(({ state }) => state !== 'done').length,
});

/** Which of the five forms the answer takes. A cause that cannot make the rule true is never the answer. */
export const answerOf = (alert: AlertReport, steps: readonly StepReport[], causes: readonly CauseReport[]): Answer => {
  const able = causes.filter(({ fires }) => fires !== 'no');
  const confirmed = able.find(({ verdict }) => verdict === 'confirmed');
  if (steps.some(({ state }) => state !== 'done')) return { form: 'running' };
  if (confirmed) return { form: 'causeFound', cause: confirmed.cause };
  const ruledOut = able.filter(({ verdict }) => verdict === 'refuted').map(({ cause }) => cause);
  if (steps.some(({ outcome }) => outcome === 'fail' || outcome === 'warn')) {
    return { form: 'problemFound', likely: able.filter(({ verdict }) => verdict === 'supported').map(({ cause }) => cause), ruledOut };
  }
  const required = steps.filter((step) => step.required);
  // Something to know that was found in a part of the evidence says nothing of the rest.
  const fine = required.every(({ outcome, complete }) => outcome === 'pass' || outcome === 'notApplicable' || (outcome === 'info' && complete)) &&
    required.some(({ outcome }) => outcome === 'pass');
  if (fine && (alert.state === 'firing' || alert.state === 'pending')) return { form: 'nothingFoundFiring', ruledOut };
  if (fine && alert.state !== 'unknown') return { form: 'nothingFoundNotFiring' };
  return { form: 'couldNotTell', missing: distinct([...alert.missing, ...required.flatMap(({ missing }) => missing)]) };
};

// A step without its input passes on what the earlier one missed: said once, however many steps wait for it.
const distinct = (missing: readonly Missing[]): readonly Missing[] =>
  [...new Map(missing.map((one) => [JSON.stringify({ ...one, reading: '' }), one])).values()];
