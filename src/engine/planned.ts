import { type FilledCommand, quoted } from './command';
import { type Diagnosis } from './diagnosis';
import { pass } from './finding';
import { type ExecuteMitigation } from './mitigation';
import { msg } from './message';
import { type Operation, type Plan, type Refusal, type Target } from './operation';
import { type PlanReport, type StepReport } from './report';
import { writeOf } from './send';
import { type UndertakingState } from './undertaking';
import { type ReadStep } from './step';

/** The evidence of a mitigation as a step, for `alsoRun` of a diagnosis. */
export const evidenceStep = (mitigation: ExecuteMitigation): ReadStep => ({
  kind: 'read', id: `mitigation:${mitigation.id}`, asks: mitigation.title, reads: mitigation.reads, inputs: mitigation.inputs, optional: mitigation.optional,
  reasons: ['read'], required: true, scope: 'platform', is: () => [], out: {}, outputs: {},
  check: () => pass('read', msg('All of it could be read.')),
});

// A plan that throws is the author's mistake: there is none then.
const planOf = (mitigation: ExecuteMitigation, ...known: Parameters<ExecuteMitigation['plan']>): Plan | Refusal => {
  try {
    return mitigation.plan(...known);
  } catch (error) {
    return { refused: msg('No plan is made: it stopped with an error of its own: {{error}}', { error: String(error).slice(0, 500) }) };
  }
};

/** How far a plan has come that is made of the evidence of a diagnosis: {@link evidenceStep} must run beside it. */
export const plannedOf = (diagnosis: Diagnosis, mitigation: ExecuteMitigation): Pick<UndertakingState, 'phase' | 'evidence' | 'plan' | 'refused'> => {
  const seen = diagnosis.evaluated(evidenceStep(mitigation).id);
  const evidence = seen?.report as StepReport;
  if (evidence.state !== 'done') return { phase: 'reading', evidence };
  if (evidence.outcome !== 'pass' || !seen?.evidence || !seen.given) {
    return { phase: 'refused', evidence, refused: { says: msg('No plan is made: what it would rest on could not be read completely.'), missing: evidence.missing } };
  }
  const plan = planOf(mitigation, seen.evidence, seen.given);
  return 'refused' in plan ? { phase: 'refused', evidence, refused: { says: plan.refused, missing: [], lookAgainIn: plan.lookAgainIn } } : { phase: 'planned', evidence, plan };
};

// Without its version `oc` takes the one the server prefers, in which the same path may be another field, or none.
const versioned = ({ plural, apiVersion }: Target): string => (apiVersion.includes('/') ? [plural, ...apiVersion.split('/').reverse()].join('.') : plural);

/** The same write by hand, with the same preconditions: it is refused where ours would be. */
export const commandOfWrite = (operation: Operation): FilledCommand => {
  const { target } = operation;
  const { path, body } = writeOf(operation, false);
  const json = quoted(JSON.stringify(body));
  const where = target.namespace === undefined ? '' : ` -n ${quoted(target.namespace)}`;
  const text = operation.verb === 'patch'
    ? `oc patch ${versioned(target)} ${quoted(target.name)}${where}${operation.subresource ? ` --subresource=${operation.subresource}` : ''} --type=json -p ${json}`
    : `echo ${json} | oc delete --raw ${quoted(path)} -f -`;
  return { language: 'shell', text, open: [] };
};

/** What a mitigation would do now, or why it would not, as plain data. */
export const reportPlan = (diagnosis: Diagnosis, mitigation: ExecuteMitigation): PlanReport | undefined => {
  const { plan, refused } = plannedOf(diagnosis, mitigation);
  if (refused) return { refused: refused.says };
  return plan && { sentence: plan.sentence, effects: plan.effects, vmsAffected: plan.vmsAffected, commands: plan.operations.map(commandOfWrite) };
};
