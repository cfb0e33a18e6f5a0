import { type Message } from './message';
import { type Mitigation } from './mitigation';
import { type Reason } from './step';

/** A named hypothesis that findings confirm, support or refute. A false alarm and "an upgrade is running" are causes too. */
export interface Cause {
  readonly id: string;
  /** The cause in one sentence, as the answer to "why?". */
  readonly says: Message;
  /** What kind of answer it is: a fault, something expected for a while, or an alert that is wrong. */
  readonly nature: 'fault' | 'expected' | 'falseAlarm';
  readonly confirmedBy: readonly Reason[];
  readonly supportedBy: readonly Reason[];
  readonly refutedBy: readonly Reason[];
  /** Ids of causes that follow from this one: it goes before them. */
  readonly explains: readonly string[];
  readonly mitigations: readonly Mitigation[];
  /** Form ids of the rule (see `Runbook.forms`) under which it can fire; absent: under every one. */
  readonly firesIn?: readonly string[];
}

type CauseSpec = Pick<Cause, 'id' | 'says' | 'confirmedBy' | 'mitigations'> & Partial<Cause>;

/** Makes a cause; what is left out is empty, and a cause is a fault unless it says otherwise. */
export const cause = (spec: CauseSpec): Cause => ({ nature: 'fault', supportedBy: [], refutedBy: [], explains: [], ...spec });

/** The same cause, but able to fire only under these forms of the rule. */
export const firesIn = (forms: readonly string[], of: Cause): Cause => ({ ...of, firesIn: forms });
