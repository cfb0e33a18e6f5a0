import { type Cause } from './cause';
import { type Late } from './late';
import { type Message } from './message';
import { type Mitigation } from './mitigation';
import { type Kind } from './source';
import { type ReadStep, type Step } from './step';

/** The shelf's grouping. */
export const GROUPS = ['virt-operator', 'virt-api', 'virt-controller', 'virt-handler', 'virtual-machine', 'storage', 'hco', 'ssp', 'network', 'node'] as const;
export type Group = (typeof GROUPS)[number];

export type Severity = 'critical' | 'warning' | 'info';

/** One form that the rule of an alert has or had. Recognised by its expression, blanks and namespaces aside. */
export interface RuleForm {
  readonly id: string;
  /** With `$NAMESPACE` where the install namespace stands. */
  readonly expr: string;
  /** Seconds. */
  readonly for: number;
  /** Releases that ship it. */
  readonly releases: string;
  /** The expression of the recording rule that the expression rests on, where forms differ in that alone. */
  readonly records?: string;
  /** Set where one release has several rules of this name. */
  readonly severity?: Severity;
}

/** Everything we know about one alert, in the order in which an operator reads it. */
export interface Runbook {
  readonly alert: string;
  readonly aliases: readonly string[];
  readonly group: Group;
  readonly scope: 'platform' | 'workload' | 'node';
  /** Most severe first; a rule may come in several. */
  readonly severities: readonly Severity[];
  /** Labels that tell two instances of this alert apart, besides severity. */
  readonly identity: readonly string[];
  /** The object that the alert is about, where its labels name one. */
  readonly subject?: { readonly of: Kind; readonly name: Late<string>; readonly namespace?: Late<string> };
  /** Set when no supported release raises it any more: what took its place. */
  readonly deprecated?: Message;
  readonly summary: Message;
  readonly meaning: Message;
  readonly impact: Message;
  /** What happens if nobody does anything, and whether it can wait until morning. */
  readonly ifIgnored: Message;
  /** Those of the release that the text was written for first. Empty only for what no release defines any more. */
  readonly forms: readonly RuleForm[];
  readonly diagnosis: readonly Step[];
  /** Which VMs notice; beside the diagnosis, not part of its outcome. */
  readonly affected?: ReadStep;
  /** What changed around the begin of the alert; beside the diagnosis, not part of its outcome. */
  readonly around: readonly ReadStep[];
  /** What can make this rule true, most likely first. */
  readonly causes: readonly Cause[];
  /** What cannot make this rule true and yet may be found: it explains other alerts. */
  readonly company: readonly Cause[];
  /** Offered whatever the cause: support, silence. */
  readonly always: readonly Mitigation[];
  readonly related: readonly { readonly alert: string; readonly relation: 'cause' | 'consequence' | 'sibling' }[];
  /** Where this page does something else than the published text, and why. */
  readonly differs: readonly { readonly published: Message; readonly here: Message }[];
  readonly source: { readonly url: string; readonly revision: string; readonly date: string; readonly releases: string };
}

type RunbookSpec = Omit<Runbook, 'aliases' | 'identity' | 'around' | 'company' | 'always' | 'related' | 'differs'> & Partial<Runbook>;

/** Makes a runbook; what is left out is empty. */
export const defineRunbook = (spec: RunbookSpec): Runbook =>
  ({ aliases: [], identity: [], around: [], company: [], always: [], related: [], differs: [], ...spec });
