import {
  type Cell, type Message, type MitigationReport, type Outcome, type PlanReport, type Report, type Rows, type StepReport, OUTCOMES, OUTCOME_WORDS,
  bytesText, durationText, foundCause, headlineOf, lookFirst, numberText, visible,
} from '../engine';
import { unreadOf } from './failures';
import { type Pen } from './terminal';

/** How a report is written for a person at a terminal. */
export interface ReportWriter {
  readonly pen: Pen;
  readonly write: (message: Message) => string;
  /** Every step with its readings, not only what is not fine. */
  readonly isVerbose: boolean;
  /** Milliseconds since 1970, server time. */
  readonly now: number;
}

const MARKS: Readonly<Record<Outcome, string>> = { fail: '✗', warn: '!', unknown: '?', info: 'i', pass: '✓', notApplicable: '-' };
const LANGUAGE = 'en';
/** Rows of a table or a log that stand in the text; all of them stand in the JSON. */
const ROWS_SHOWN = 8;
const LINE_SHOWN = 200;

/** The mark and the word of an outcome, in its colour. */
const marked = (outcome: Outcome, text: string, { colours }: Pen): string => {
  const colour = { fail: colours.red, warn: colours.yellow, unknown: colours.magenta, info: colours.cyan, pass: colours.green, notApplicable: colours.dim }[outcome];
  return colour(`${MARKS[outcome]} ${text}`);
};

const more = (count: number): readonly string[] => (count > 0 ? [`… and ${numberText(count, LANGUAGE)} more`] : []);

const valueText = (value: number, unit: string): string =>
  (unit === 'bytes' ? bytesText(value, LANGUAGE) : unit === 'seconds' ? durationText(value, LANGUAGE) : unit === 'ratio' ? `${numberText(value * 100, LANGUAGE)} %` : numberText(value, LANGUAGE));

const rowsText = (rows: Rows, indent: number, { pen, write }: ReportWriter): readonly string[] => {
  const cell = (value: Cell): string => (value === null ? '–' : write({ text: '{{value}}', holes: { value } }));
  switch (rows.of) {
    case 'table': return [
      pen.table([rows.columns.map((column) => pen.colours.dim(write(column))), ...rows.rows.slice(0, ROWS_SHOWN).map((row) => row.map(cell))], indent),
      ...more(Math.max(0, rows.rows.length - ROWS_SHOWN) + (rows.more ?? 0)).map((line) => pen.paragraph(line, indent)),
    ];
    case 'log': {
      // What the check recognised says more than what stands around it.
      const chosen = rows.lines.some(({ marked: hit }) => hit) ? rows.lines.filter(({ marked: hit }) => hit) : rows.lines;
      const shown = chosen.slice(-ROWS_SHOWN);
      return [
        ...shown.map(({ from, text }) => pen.verbatim(`${pen.colours.dim(visible(from))}  ${visible(text.slice(0, LINE_SHOWN)).replaceAll('\n', ' ')}`, indent)),
        ...more(rows.lines.length - shown.length + (rows.more ?? 0)).map((line) => pen.paragraph(line, indent)),
      ];
    }
    case 'series': return [
      pen.table(rows.series.slice(0, ROWS_SHOWN).map(({ name, points }) => [visible(name), points.length > 0 ? valueText(points.at(-1)?.[1] ?? NaN, rows.unit) : '–']), indent),
      ...more(rows.series.length - ROWS_SHOWN).map((line) => pen.paragraph(line, indent)),
    ];
    default: return rows satisfies never;
  }
};

const readingsText = (step: StepReport, indent: number, { pen }: ReportWriter): readonly string[] => [
  ...step.readings.map(({ command }) => pen.verbatim(command.text, indent, command.language === 'shell' ? '$ ' : 'promql: ')),
  ...(step.question?.commands ?? []).map(({ text }) => pen.verbatim(text, indent, '$ ')),
].map(pen.colours.dim);

/** A step: its question and what was found; with everything it rests on where that is wanted. */
const stepText = (step: StepReport, indent: number, isWhole: boolean, writer: ReportWriter): readonly string[] => {
  const { pen, write, isVerbose } = writer;
  const inner = indent + 2;
  const head = step.outcome === undefined
    ? pen.paragraph(write(step.asks), indent, `… not answered  `)
    : pen.paragraph(write(step.asks), indent, `${marked(step.outcome, write(OUTCOME_WORDS[step.outcome]), pen)}  `);
  if (!isWhole) return [head];
  return [
    head,
    ...(step.says ? [pen.paragraph(write(step.says), inner)] : []),
    ...(step.expected ? [pen.paragraph(write(step.expected), inner, 'expected: ')] : []),
    ...(step.actual ? [pen.paragraph(write(step.actual), inner, 'actual:   ')] : []),
    ...(step.question && step.outcome === 'info' && isVerbose ? [pen.paragraph(write(step.question.lookFor), inner)] : []),
    ...step.rows.flatMap((rows) => rowsText(rows, inner, writer)),
    ...(isVerbose ? readingsText(step, inner, writer) : []),
  ];
};

const COUNTED: Readonly<Record<Outcome, readonly [one: string, several: string]>> = {
  fail: ['problem', 'problems'], warn: ['warning', 'warnings'], unknown: ['could not be run', 'could not be run'], info: ['note', 'notes'],
  pass: ['fine', 'fine'], notApplicable: ['not needed', 'not needed'],
};

const countsText = ({ counts }: Report): string =>
  [...OUTCOMES].reverse().filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${COUNTED[outcome][counts[outcome] === 1 ? 0 : 1]}`)
    .concat(counts.waiting > 0 ? [`${counts.waiting} not answered`] : []).join(', ');

/** Steps to be shown whole, and how many of the others there are by outcome. */
const diagnosisText = (report: Report, writer: ReportWriter): readonly string[] => {
  const { pen, isVerbose } = writer;
  const isShown = ({ outcome, kind }: StepReport): boolean => isVerbose || (outcome !== 'pass' && outcome !== 'notApplicable' && !(kind === 'ask' && outcome === 'info'));
  const hidden = report.steps.length - report.steps.filter(isShown).length;
  return [
    '', pen.paragraph(pen.colours.bold(`Diagnosis: ${report.counts.steps} checks, ${countsText(report)}`)),
    ...report.steps.filter(isShown).flatMap((step) => stepText(step, 2, true, writer)),
    ...(hidden > 0 ? [pen.colours.dim(pen.paragraph(`${hidden} further checks are fine, not needed, or for somebody with a shell: --verbose shows them.`, 2))] : []),
  ];
};

const planText = (plan: PlanReport | undefined, { pen, write }: ReportWriter): readonly string[] => {
  if (!plan) return [];
  if ('refused' in plan) return [pen.paragraph(write(plan.refused), 5, 'Not now: ')];
  return [
    pen.paragraph(write(plan.sentence), 5, 'Now: '), ...plan.effects.map((effect) => pen.paragraph(write(effect), 5, '- ')), pen.paragraph(write(plan.vmsAffected), 5, 'VMs: '),
    ...plan.commands.map(({ text }) => pen.verbatim(pen.colours.cyan(text), 5, '$ ')),
  ];
};

const deedText = (deed: MitigationReport, number: number, writer: ReportWriter): readonly string[] => {
  const { pen, write } = writer;
  return [
    pen.paragraph(pen.colours.bold(write(deed.title)), 2, `${number}. `),
    pen.paragraph(write(deed.summary), 5),
    pen.paragraph(`Risk: ${deed.risk}. VMs: ${write(deed.vms)} Undo: ${write(deed.undo)}`, 5),
    ...(deed.safeWhen ? [pen.paragraph(write(deed.safeWhen), 5, 'Only if: ')] : []),
    ...deed.todo.map((todo) => pen.paragraph(write(todo), 5, '- ')),
    ...(deed.mode === 'execute' ? [pen.paragraph('The console does it step by step, with a preview, and checks that it worked.', 5)] : []),
    ...planText(deed.plan, writer),
    ...deed.commands.map(({ text }) => pen.verbatim(pen.colours.cyan(text), 5, '$ ')),
  ];
};

const stateText = ({ alert }: Report, { now }: ReportWriter): string => {
  const begin = alert.activeAt === undefined ? NaN : Date.parse(alert.activeAt);
  const since = Number.isFinite(begin) ? ` for ${durationText((now - begin) / 1000, LANGUAGE)}` : '';
  const words = { firing: `firing${since}`, pending: `pending${since}`, inactive: 'not firing', gone: 'this instance no longer fires', unknown: 'whether it fires is not known' };
  return [alert.rule?.severity, words[alert.state]].filter(Boolean).join(', ');
};

const causesText = (report: Report, { pen, write }: ReportWriter): readonly string[] => {
  const { answer, causes } = report;
  if (answer.form !== 'problemFound' && answer.form !== 'nothingFoundFiring') return [];
  const named = (ids: readonly string[]): readonly string[] => causes.filter(({ cause }) => ids.includes(cause)).map(({ says }) => pen.paragraph(write(says), 4, '- '));
  const likely = 'likely' in answer ? answer.likely : [];
  return [
    ...(likely.length > 0 ? [pen.paragraph('Possible, in this order:', 2), ...named(likely)] : []),
    ...(answer.ruledOut.length > 0 ? [pen.paragraph('Ruled out:', 2), ...named(answer.ruledOut)] : []),
  ];
};

/** The report for a person: the answer first, then what is not fine, what to do, and what could not be read. */
export const reportText = (report: Report, writer: ReportWriter): string => {
  const { pen, write } = writer;
  const { says, outcome } = headlineOf(report);
  const cause = foundCause(report);
  const first = lookFirst(report);
  const labels = Object.entries(report.alert.labels).filter(([name]) => name !== 'alertname').map(([name, value]) => `${name}=${visible(value, LINE_SHOWN)}`);
  const deeds = report.mitigations.filter(({ supportedBy, always }) => supportedBy.length > 0 || (writer.isVerbose && always));
  const unread = unreadOf([...report.steps, { missing: report.alert.missing }]);
  return [
    `${pen.colours.bold(visible(report.alert.name))}  ${stateText(report, writer)}`,
    ...(writer.isVerbose && labels.length > 0 ? [pen.colours.dim(pen.paragraph(labels.join(', '), 2))] : []),
    ...(first ? [pen.paragraph(write(first), 2)] : []),
    pen.paragraph(pen.colours.bold(write(says)), 0, outcome ? `${marked(outcome, '', pen).trim()} ` : '… '),
    ...report.steps.filter(({ step }) => cause?.for.includes(step)).map((step) => pen.paragraph(step.says ? write(step.says) : write(step.asks), 2)),
    ...causesText(report, writer),
    ...(report.affected?.says ? [pen.paragraph(write(report.affected.says), 2, 'VMs: ')] : []),
    ...diagnosisText(report, writer),
    ...(report.around.some((step) => step.rows.length > 0) ? ['', pen.colours.bold('Around the begin of the alert'), ...report.around.filter((step) => step.rows.length > 0).flatMap((step) => stepText(step, 2, true, writer))] : []),
    ...(deeds.length > 0 ? ['', pen.colours.bold('What you can do'), ...deeds.flatMap((deed, i) => deedText(deed, i + 1, writer))] : []),
    ...(unread.length > 0 ? ['', pen.colours.bold('Could not be read'), ...unread.flatMap(({ what, says: why, checks }) => [pen.paragraph(`${what}. ${write(why)} (${checks} ${checks === 1 ? 'check' : 'checks'})`, 2, '? ')])] : []),
  ].join('\n');
};
