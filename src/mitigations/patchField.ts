import { type Choice, type Picked } from '../engine/choice';
import { valueAt } from '../engine/differences';
import { type Message, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type Evidence } from '../engine/observation';
import { type Plan, type Refusal, type Target, targetOf } from '../engine/operation';
import { kindOf } from '../engine/send';
import { type Kind, type ListSource, type ObjectSource } from '../engine/source';
import { type EvidenceOf, type Inputs, type ReadStep, type Reads, type ValuesOf } from '../engine/step';
import { type KubeObject } from '../sources/objects';
import { fieldShown, fieldStands, valueShown } from '../steps/fieldStands';
import { fieldPatch } from './fieldPatch';

/** The words that every mitigation has, before there is a plan. */
export type Words = Pick<ExecuteMitigation, 'id' | 'title' | 'summary' | 'risk' | 'vms' | 'undo'>;

/** What a plan says besides its operations, where it is more than nothing. */
export interface Says {
  readonly effects: readonly Message[];
  readonly vmsAffected: Message;
  readonly owner?: Message;
  readonly confirm?: Plan['confirm'];
}

/** The step that reads a changed field back. */
export const readBack = ({ target, path, to }: { readonly target: Target; readonly path: string; readonly to: unknown }): ReadStep =>
  fieldStands({ of: kindOf(target), name: target.name, path, wants: to, ...(target.namespace === undefined ? {} : { namespace: target.namespace }) });

/** Refuses where there is not exactly one object that can be changed. */
export const onlyOne = <T extends KubeObject>(of: Kind, { items: [found, second], more }: Evidence<T>): Refusal | { readonly found: T } => {
  const { kind } = of;
  if (!found) return { refused: msg('There is no {{kind}} to change.', { kind }) };
  if (second || more > 0) return { refused: msg('There is more than 1 {{kind}}: which one is meant cannot be told.', { kind }) };
  if (found.metadata.deletionTimestamp) return { refused: msg('The {{kind}} {{name}} is being deleted.', { kind, name: found.metadata.name }) };
  return { found };
};

/** The plan that changes one field of one object; refused if it has that value already. `path` and `to` are of the object's own version. */
export const fieldPlan = (of: Kind, found: KubeObject, { path, to, says, guards, isLively, verify = [] }: {
  readonly path: string; readonly to: unknown; readonly says: Says; readonly verify?: readonly ReadStep[];
} & Pick<Parameters<typeof fieldPatch>[0], 'guards' | 'isLively'>): Plan | Refusal => {
  const target = targetOf(of, found);
  const from = valueAt(found, path);
  const holes = { field: fieldShown(path), kind: of.kind, name: target.name };
  if (JSON.stringify(from) === JSON.stringify(to)) return { refused: msg('Nothing to do: {{field}} of {{kind}} {{name}} is {{value}} already.', { ...holes, value: valueShown(to) }) };
  const { operation, undo } = fieldPatch({ id: 'set', target, object: found, path, to, ...(guards ? { guards } : {}), ...(isLively ? { isLively } : {}) });
  return {
    sentence: msg('Set {{field}} of {{kind}} {{name}} from {{from}} to {{to}}.', { ...holes, from: valueShown(from), to: valueShown(to) }),
    operations: [operation], ...says, confirm: says.confirm ?? { kind: 'button' }, verify: [readBack({ target, path, to }), ...verify],
    undo: { possible: true, says: msg('Set {{field}} of {{kind}} {{name}} back to {{from}}.', { ...holes, from: valueShown(from) }), operations: [undo] },
  };
};

/** What else was read, and when and how the object was. */
type Seen<T, X extends Reads> = { readonly object: Evidence<T> } & EvidenceOf<X>;

/** What a mitigation takes that changes one field. */
export interface FieldSpec<T extends KubeObject, X extends Reads, I extends Inputs> extends Words {
  readonly of: Kind<T>;
  /** The object; of a list there has to be exactly one. */
  readonly object: ObjectSource<T> | ListSource<T>;
  /** What else the plan rests on. */
  readonly also?: X;
  readonly inputs?: I;
  /** JSON pointer of the field, or how it hangs on what was picked and on late values. */
  readonly path: string | ((picked: Picked, inputs: ValuesOf<I>) => string);
  readonly choices?: (object: T, evidence: Seen<T, X>) => readonly Choice[];
  /** Undefined takes the field away. */
  readonly to: (picked: Picked, object: T) => unknown;
  /** Says why not, above all because an owner would put the field back. */
  readonly refuses?: (object: T, evidence: Seen<T, X>, picked: Picked) => Message | undefined;
  readonly says: (object: T, evidence: Seen<T, X>, picked: Picked) => Says;
  readonly verify?: readonly ReadStep[];
}

/** Changes one field of one object. The present value is shown, tested by the write and put back by the undo. */
export const patchField = <T extends KubeObject, const X extends Reads = Record<never, never>, const I extends Inputs = Record<string, never>>(spec: FieldSpec<T, X, I>): ExecuteMitigation => {
  const { of, object: source, also, inputs, path, choices, to, refuses, says, verify = [], ...words } = spec;
  const seen = (evidence: unknown) => evidence as Seen<T, X>;
  return execute<Reads, Inputs>({
    ...words, reads: { ...also, object: source }, inputs: inputs ?? {},
    ...(choices ? {
      choices: (evidence) => {
        const one = onlyOne(of, seen(evidence).object);
        return 'found' in one ? choices(one.found, seen(evidence)) : [];
      },
    } : {}),
    plan: (evidence, given, picked) => {
      const one = onlyOne(of, seen(evidence).object);
      if ('refused' in one) return one;
      const why = refuses?.(one.found, seen(evidence), picked);
      return why ? { refused: why } : fieldPlan(of, one.found, {
        path: typeof path === 'string' ? path : path(picked, given.inputs as ValuesOf<I>), to: to(picked, one.found), says: says(one.found, seen(evidence), picked), verify,
      });
    },
  });
};
