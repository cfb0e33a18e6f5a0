import { type Picked } from './choice';
import { type FilledCommand } from './command';
import { type OperationResult, isAsMeant } from './execute';
import { OUTCOME_WORDS, headlineOf } from './headline';
import { type ExecuteMitigation } from './mitigation';
import { type Message, msg } from './message';
import { type Operation, type Plan } from './operation';
import { permissionText } from './permissionText';
import { permissionOfWrite } from './needs';
import { commandsOfPlan } from './planned';
import { type SavedLog } from './preparation';
import { type AlertReport, type Report, type StepReport } from './report';
import { fenced, markdownText } from './summary';
import { type UndertakingState } from './undertaking';

/** What one carrying out of a mitigation was: kept by whoever carried it out. The authoritative record is the API server's audit log. */
export interface MitigationRecord {
  readonly version: 1;
  /** Tells records apart. */
  readonly id: string;
  readonly runbook: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly mitigation: string;
  readonly title: Message;
  /** The plan that ran was the undo of an earlier one. */
  readonly undoing: boolean;
  /** ISO 8601, server time: when it was confirmed. */
  readonly startedAt: string;
  /** What was known when it was confirmed. */
  readonly before: {
    readonly answer: Message;
    readonly alert: AlertReport['state'];
    readonly evidence: Pick<StepReport, 'readings'>;
  };
  readonly plan: Pick<Plan, 'sentence' | 'effects' | 'vmsAffected' | 'operations' | 'undo'> & { readonly commands: readonly FilledCommand[] };
  /** What a person decided before the plan, by the id of the choice. */
  readonly picked: Picked;
  /** Of a selection: its predicate in words, how many objects it was in each namespace, and what became of all of them. `plan.operations` and `results` hold but a few. */
  readonly selection?: { readonly says: Message; readonly namespaces: Readonly<Record<string, number>>; readonly ends: Readonly<Partial<Record<OperationResult['state'], number>>> };
  /** Logs that were read before anything was deleted. */
  readonly saved: readonly SavedLog[];
  /** One per operation. `sending` in a record that nobody writes any more: the page was left, and what became of it is not known. */
  readonly results: readonly OperationResult[];
  /** Empty until it has run. */
  readonly verification: readonly Pick<StepReport, 'step' | 'asks' | 'outcome' | 'says'>[];
  readonly alert: AlertReport['state'];
  /** ISO 8601: when the alert was first seen not to fire any more. */
  readonly clearedAt?: string;
  /** ISO 8601: when the record was last written. */
  readonly at: string;
}

/** What holds from the confirmation on, whatever is read later. */
export type RecordBegin = Pick<MitigationRecord, 'id' | 'runbook' | 'labels' | 'mitigation' | 'title' | 'undoing' | 'startedAt' | 'before' | 'plan' | 'picked' | 'saved'> & {
  /** Of a selection: what of it never changes. */
  readonly selected?: Pick<NonNullable<MitigationRecord['selection']>, 'says' | 'namespaces'>;
};

/** Operations and results that a record keeps one by one: nobody reads more, and a browser keeps a hundred records. */
const KEPT = 200;

/** How often each word comes. */
const tally = <W extends string>(words: readonly W[]): Readonly<Partial<Record<W, number>>> => {
  const times: Partial<Record<W, number>> = {};
  for (const word of words) times[word] = (times[word] ?? 0) + 1;
  return times;
};

/** The operations and results that are kept: of a selection the first ones, and of its results those that did not succeed. */
const fewOf = ({ selection, operations }: Plan): readonly Operation[] => (selection ? operations.slice(0, KEPT) : operations);
const notAccepted = (results: readonly OperationResult[]): readonly OperationResult[] => results.filter(({ state }) => state !== 'accepted').slice(0, KEPT);

/** The begin of a record: what was known and what was confirmed. */
export const beginRecord = (report: Report, mitigation: ExecuteMitigation, plan: Plan, { evidence, undoing, picked, saved }: Pick<UndertakingState, 'evidence' | 'undoing' | 'picked' | 'saved'>): RecordBegin => ({
  id: `${report.at} ${report.runbook} ${mitigation.id}`,
  runbook: report.runbook, labels: report.alert.labels, mitigation: mitigation.id, title: mitigation.title, undoing, startedAt: report.at,
  before: { answer: headlineOf(report).says, alert: report.alert.state, evidence: { readings: evidence.readings } },
  plan: {
    sentence: plan.sentence, effects: plan.effects, vmsAffected: plan.vmsAffected, operations: fewOf(plan), undo: plan.undo, commands: commandsOfPlan(plan),
  },
  picked, saved,
  ...(plan.selection ? { selected: { says: plan.selection.says, namespaces: tally(plan.operations.map(({ target }) => target.namespace ?? '')) as Readonly<Record<string, number>> } } : {}),
});

/** The record as far as it has come. */
export const recordNow = ({ selected, ...begin }: RecordBegin, report: Report, { results, verification }: Pick<UndertakingState, 'results' | 'verification'>, clearedAt: string | undefined): MitigationRecord => ({
  version: 1, ...begin, results: selected ? notAccepted(results) : results,
  ...(selected ? { selection: { ...selected, ends: tally(results.map(({ state }) => state)) } } : {}),
  verification: verification.map(({ step, asks, outcome, says }) => ({ step, asks, ...(outcome ? { outcome } : {}), ...(says ? { says } : {}) })),
  alert: report.alert.state, ...(clearedAt === undefined ? {} : { clearedAt }), at: report.at,
});

/** How a record ended, as far as it is known. */
export type RecordEnd = 'cleared' | 'done' | 'stopped' | 'unknown';

type Ended = Pick<MitigationRecord, 'results' | 'clearedAt' | 'selection'>;

// The results of a selection that are kept are but a few: all of them are counted.
const statesOf = ({ results, selection }: Ended): readonly OperationResult['state'][] =>
  (selection ? Object.keys(selection.ends) as readonly OperationResult['state'][] : results.map(({ state }) => state));

/**
 * `done`: all was accepted, and the alert was not seen to clear. `unknown`: what became of some of it is not known, even if the alert cleared:
 * something else may have done that.
 */
export const endOf = (record: Ended): RecordEnd => {
  const states = statesOf(record);
  if (states.some((state) => state === 'unknown' || state === 'sending')) return 'unknown';
  if (record.clearedAt !== undefined) return 'cleared';
  return states.every((state) => isAsMeant(record, state)) ? 'done' : 'stopped';
};

const END_WORDS: Readonly<Record<RecordEnd, Message>> = {
  cleared: msg('Done, and the alert cleared.'),
  done: msg('Done. The alert was not seen to clear while the page was open.'),
  stopped: msg('Not all of it was done.'),
  unknown: msg('What became of some of it is not known.'),
};

/** The end of a record in one sentence. */
export const endSays = (record: Ended): Message => {
  const end = endOf(record);
  return end === 'unknown' && record.clearedAt !== undefined ? msg('What became of some of it is not known. The alert cleared.') : END_WORDS[end];
};

const RESULT_WORDS: Readonly<Record<OperationResult['state'], Message>> = {
  waiting: msg('Not sent'), notSent: msg('Not sent'), sending: msg('Sent; its answer is not known'), accepted: msg('Accepted'),
  rejected: msg('Refused'), unknown: msg('Sent; its answer is not known'), changed: msg('Not sent: its target had changed'),
};

/** What became of one operation, in two words. */
export const resultSays = ({ state }: Pick<OperationResult, 'state'>): Message => RESULT_WORDS[state];

/** An operation as it is named in a line: the permission it takes and its target. */
export const operationText = (operation: Operation): string =>
  `${permissionText(permissionOfWrite(operation))} ${operation.target.namespace === undefined ? '' : `${operation.target.namespace}/`}${operation.target.name}`;

const savedTitle = ({ namespace, pod, container }: SavedLog): string => markdownText([`${namespace}/${pod}`, container].filter(Boolean).join(' '));

/** What became of each operation, line by line; of a selection how many ended how, and those that did not succeed. */
const sentLines = ({ plan, results, selection }: MitigationRecord, plain: (message: Message) => string): string => {
  const line = (operation: Operation | undefined, result: Pick<OperationResult, 'state' | 'words' | 'operation'>): string =>
    `- ${markdownText(operation ? operationText(operation) : result.operation)}: ${plain(resultSays(result))}${result.words ? ` (${markdownText(result.words)})` : ''}`;
  const known = new Map(plan.operations.map((operation) => [operation.id, operation]));
  if (!selection) return plan.operations.map((operation) => line(operation, results.find(({ operation: id }) => id === operation.id) ?? { operation: operation.id, state: 'notSent' })).join('\n');
  return [
    `- ${plain(selection.says)}`,
    ...Object.entries(selection.namespaces).map(([namespace, count]) => `- ${markdownText(namespace)}: ${count}`),
    ...Object.entries(selection.ends).map(([state, count]) => `- ${plain(resultSays({ state: state as OperationResult['state'] }))}: ${count}`),
    ...results.map((result) => line(known.get(result.operation), result)),
  ].join('\n');
};

/** The record as Markdown, for a ticket or a change log. */
export const recordMarkdown = (record: MitigationRecord, write: (message: Message) => string): string => {
  const plain = (message: Message): string => markdownText(write(message));
  const { plan, before, verification } = record;
  return [
    `# ${plain(record.title)}`,
    `**${plain(plan.sentence)}**`,
    [`${markdownText(record.runbook)}`, record.startedAt, plain(endSays(record)), record.clearedAt ?? ''].filter(Boolean).join(' · '),
    `## ${plain(msg('Before'))}`,
    plain(before.answer),
    [...plan.effects, plan.vmsAffected].map((effect) => `- ${plain(effect)}`).join('\n'),
    `## ${plain(msg('What was sent'))}`,
    sentLines(record, plain),
    fenced(plan.commands.map(({ text }) => text).join('\n')),
    ...(record.saved.length > 0 ? [`## ${plain(msg('Logs that were saved before'))}`, ...record.saved.flatMap((log) => [savedTitle(log), fenced(log.words ?? log.lines.join('\n'))])] : []),
    ...(verification.length > 0 ? [
      `## ${plain(msg('Afterwards'))}`,
      verification.map(({ asks, outcome, says }) => `- **${outcome ? write(OUTCOME_WORDS[outcome]) : write(msg('Waiting'))}**: ${plain(asks)} ${says ? plain(says) : ''}`).join('\n'),
    ] : []),
    plain(plan.undo.says),
    plain(msg('The audit log of the API server is the authoritative record.')),
  ].join('\n\n');
};
