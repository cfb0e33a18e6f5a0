import { type Choice, type Option } from '../engine/choice';
import { type Message, msg } from '../engine/message';
import { type ExecuteMitigation, execute } from '../engine/mitigation';
import { type Plan, type Refusal, targetOf } from '../engine/operation';
import { type Kind } from '../engine/source';
import { type EvidenceOf, type Given, type Reads } from '../engine/step';
import { type KubeObject } from '../sources/objects';

/** One object that may go: its state was checked, and this is what follows. */
export interface Checked extends Pick<Plan, 'sentence' | 'effects' | 'vmsAffected' | 'owner' | 'confirm'> {
  readonly object: KubeObject;
}

/** What is deleted, what it rests on, and the proof. */
export interface CheckedSpec<X extends Reads> extends Pick<ExecuteMitigation, 'id' | 'title' | 'summary' | 'risk' | 'vms' | 'undo'> {
  readonly of: Kind;
  readonly reads: X;
  /** Pure. Those that may go, the likeliest first, or why none may. */
  readonly check: (evidence: EvidenceOf<X>, given: Given) => readonly [Checked, ...Checked[]] | Refusal;
  readonly verify: Plan['verify'];
  /** Why it is not taken back. */
  readonly forGood: Message;
}

const optionOf = ({ object: { metadata: { name, namespace } } }: Checked): Option =>
  ({ value: `${namespace ?? ''}/${name}`, label: namespace === undefined ? msg('{{name}}', { name }) : msg('{{name}} in {{namespace}}', { name, namespace }) });

const whichOf = ([first, ...rest]: readonly [Checked, ...Checked[]]): readonly Choice[] =>
  (rest.length === 0 ? [] : [{ id: 'object', asks: msg('Which one?'), kind: 'one', options: [optionOf(first), ...rest.map(optionOf)] }]);

/**
 * Deletes one object whose state was checked, held against uid and resourceVersion: the server refuses it if the object is not as it was when it was
 * checked. Only one at a time, so that each is looked at.
 */
export const deleteChecked = <const X extends Reads>({ of, check, verify, forGood, reads, ...texts }: CheckedSpec<X>): ExecuteMitigation => execute({
  ...texts,
  reads: reads as Reads,
  choices: (evidence, given) => {
    const checked = check(evidence as EvidenceOf<X>, given);
    return 'refused' in checked ? [] : whichOf(checked);
  },
  plan: (evidence, given, { object: picked }) => {
    const checked = check(evidence as EvidenceOf<X>, given);
    if ('refused' in checked) return checked;
    const { object, ...says } = checked.find((one) => optionOf(one).value === picked) ?? checked[0];
    const { name, deletionTimestamp } = object.metadata;
    if (deletionTimestamp) return { refused: msg('{{name}} is being deleted already.', { name }) };
    return { ...says, operations: [{ id: 'delete', verb: 'delete', target: targetOf(of, object) }], verify, undo: { possible: false, says: forGood } };
  },
});
