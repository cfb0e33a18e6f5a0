import { type Choice, type Picked, settled } from './choice';
import { type FilledCommand, quoted } from './command';
import { type Diagnosis } from './diagnosis';
import { pass } from './finding';
import { type ExecuteMitigation } from './mitigation';
import { msg } from './message';
import { type Operation, type Plan, type Refusal, type Selection, type Target } from './operation';
import { type PlanReport, type StepReport } from './report';
import { writeOf } from './send';
import { type UndertakingState } from './undertaking';
import { type EvidenceOf, type Given, type Inputs, type ReadStep, type Reads } from './step';

/** The evidence of a mitigation as a step, for `alsoRun` of a diagnosis. */
export const evidenceStep = (mitigation: ExecuteMitigation): ReadStep => ({
  kind: 'read', id: `mitigation:${mitigation.id}`, asks: mitigation.title, reads: mitigation.reads, inputs: mitigation.inputs, optional: mitigation.optional,
  reasons: ['read'], required: true, scope: 'platform', is: () => [], out: {}, outputs: {},
  check: () => pass('read', msg('All of it could be read.')),
});

const failedWith = (error: unknown): Refusal => ({ refused: msg('No plan is made: it stopped with an error of its own: {{error}}', { error: String(error).slice(0, 500) }) });

/** What could be decided, what was, and the plan that came of it. */
export interface Decided {
  readonly choices: readonly Choice[];
  readonly picked: Picked;
  readonly plan: Plan | Refusal;
}

/** The plan of a mitigation, of whole evidence and what was picked. A plan that throws is the author's mistake: there is none then. */
export const decide = (mitigation: ExecuteMitigation, evidence: EvidenceOf<Reads>, given: Given<Inputs>, wanted: Picked): Decided => {
  try {
    const choices = mitigation.choices?.(evidence, given) ?? [];
    const picked = settled(choices, wanted);
    const plan = mitigation.plan(evidence, given, picked);
    return { choices, picked, plan: 'refused' in plan ? plan : checked(plan) };
  } catch (error) {
    return { choices: [], picked: {}, plan: failedWith(error) };
  }
};

const isFit = ({ kind, namespaces, createdBefore }: Selection['fits'], operation: Operation): boolean =>
  operation.verb === 'delete' && !operation.uidOnly && operation.target.kind === kind && operation.target.uid !== '' && operation.target.resourceVersion !== '' &&
  (namespaces === 'all namespaces' || namespaces.includes(operation.target.namespace ?? '')) && (operation.target.createdAt ?? '') < createdBefore && operation.target.createdAt !== undefined;

// A selection is closed: nothing is in it that its predicate does not say. And no plan writes nothing, or two things under one name.
const checked = (plan: Plan): Plan | Refusal => {
  const { operations, selection } = plan;
  if (operations.length === 0 || new Set(operations.map(({ id }) => id)).size < operations.length) return failedWith('its operations are none, or not told apart');
  if (selection && !operations.every((operation) => isFit(selection.fits, operation))) return failedWith('an object does not fit what was selected');
  return plan;
};

/** What a plan was made of. A plan of the same is the same, within a second: it may say how long ago something was. */
interface MadeOf {
  readonly items: readonly (readonly unknown[])[];
  readonly rest: string;
}

const madeOf = (evidence: EvidenceOf<Reads>, given: Given<Inputs>, wanted: Picked): MadeOf => ({
  items: Object.values(evidence).map(({ items }) => items),
  rest: JSON.stringify([Math.floor(given.now / 1000), given.labels, given.inputs, wanted, Object.values(evidence).map(({ items: _, ...about }) => about)]),
});

const isSame = (a: MadeOf, b: MadeOf): boolean => a.rest === b.rest && a.items.every((items, place) => items === b.items[place]);

/** How far a plan has come. */
export type Planned = Pick<UndertakingState, 'phase' | 'evidence' | 'choices' | 'picked' | 'plan' | 'refused'>;

/** Makes plans of the evidence of a diagnosis: {@link evidenceStep} must run beside it. `wanted` is what was picked. */
export const createPlanner = (diagnosis: Diagnosis, mitigation: ExecuteMitigation): ((wanted: Picked) => Planned) => {
  let known: { readonly of: MadeOf; readonly decided: Decided } | undefined;
  return (wanted) => {
    const seen = diagnosis.evaluated(evidenceStep(mitigation).id);
    const evidence = seen?.report as StepReport;
    const open = { evidence, choices: [], picked: {} };
    if (evidence.state !== 'done') return { phase: 'reading', ...open };
    if (evidence.outcome !== 'pass' || !seen?.evidence || !seen.given) {
      return { phase: 'refused', ...open, refused: { says: msg('No plan is made: what it would rest on could not be read completely.'), missing: evidence.missing } };
    }
    const of = madeOf(seen.evidence, seen.given, wanted);
    if (!known || !isSame(known.of, of)) known = { of, decided: decide(mitigation, seen.evidence, seen.given, wanted) };
    const { choices, picked, plan } = known.decided;
    return 'refused' in plan
      ? { phase: 'refused', evidence, choices, picked, refused: { says: plan.refused, missing: [], lookAgainIn: plan.lookAgainIn } }
      : { phase: 'planned', evidence, choices, picked, plan };
  };
};

/** How far the plan of a mitigation has come, with nothing picked. */
export const plannedOf = (diagnosis: Diagnosis, mitigation: ExecuteMitigation): Planned => createPlanner(diagnosis, mitigation)({});

// Without its version `oc` takes the one the server prefers, in which the same path may be another field, or none.
const versioned = ({ plural, apiVersion }: Target): string => (apiVersion.includes('/') ? [plural, ...apiVersion.split('/').reverse()].join('.') : plural);

/** The same write by hand, with the same preconditions: it is refused where ours would be. */
export const commandOfWrite = (operation: Operation): FilledCommand => {
  const { target } = operation;
  const { path, body } = writeOf(operation, false);
  const json = quoted(JSON.stringify(body));
  const where = target.namespace === undefined ? '' : ` -n ${quoted(target.namespace)}`;
  const raw = (verb: string): string => `echo ${json} | oc ${verb} --raw ${quoted(path)} -f -`;
  const text = (): string => {
    switch (operation.verb) {
      case 'patch': return `oc patch ${versioned(target)} ${quoted(target.name)}${where}${operation.subresource ? ` --subresource=${operation.subresource}` : ''} --type=json -p ${json}`;
      case 'delete': return raw('delete');
      case 'evict': return raw('create');
      case 'create': return `echo ${json} | oc create -f -`;
      case 'call': return raw('replace');
      default: return operation satisfies never;
    }
  };
  return { language: 'shell', text: text(), open: [] };
};

/** Commands of a plan beyond which nobody copies them one by one. */
const COMMANDS = 20;

/** The commands of a plan, as many as somebody would type. */
export const commandsOfPlan = ({ operations }: Pick<Plan, 'operations'>): readonly FilledCommand[] => operations.slice(0, COMMANDS).map(commandOfWrite);

/** What a mitigation would do now, or why it would not, as plain data. */
export const reportPlan = (diagnosis: Diagnosis, mitigation: ExecuteMitigation): PlanReport | undefined => {
  const { plan, refused } = plannedOf(diagnosis, mitigation);
  if (refused) return { refused: refused.says };
  return plan && { sentence: plan.sentence, effects: plan.effects, vmsAffected: plan.vmsAffected, commands: commandsOfPlan(plan) };
};
