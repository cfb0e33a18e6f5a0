import { type FilledCommand } from './command';
import { FAILURES } from './failures';
import { OUTCOME_WORDS, headlineOf, lookFirst } from './headline';
import { type Message, msg } from './message';
import { type Missing } from './observation';
import { permissionText } from './permissionText';
import { type MitigationReport, type Report, type StepReport } from './report';
import { visible } from './visible';

/** Text in which no character means anything to Markdown. Line breaks would end a list item. */
export const markdownText = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#~!]/g, '\\$&').trim();

/** A command in a fence that no run of backticks inside it can close. */
export const fenced = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
};

const LABEL_LIMIT = 200;

/** What a summary cannot know of itself. */
export interface SummaryDoor {
  /** Writes a message in the language of the reader. */
  readonly write: (message: Message) => string;
  /** Why a reading failed, in the words of this door. */
  readonly failures?: typeof FAILURES;
  /** Where the reading was done: the address of a page, or a command. */
  readonly from: string;
}

const commandsOf = ({ commands, plan }: MitigationReport): readonly FilledCommand[] => [...(plan && 'commands' in plan ? plan.commands : []), ...commands];

/** The report as Markdown for a ticket: the answer, every check, the deeds that the evidence supports, and what could not be read. */
export const summaryOf = (report: Report, { write, failures = FAILURES, from }: SummaryDoor): string => {
  const plain = (message: Message | undefined): string => (message ? markdownText(write(message)) : '');
  const missed = ({ reason, permission }: Missing): string =>
    (permission ? plain(msg('needs the permission {{can}}', { can: permissionText(permission) })) : plain(failures[reason]));
  const check = (step: StepReport): string =>
    [`- **${step.outcome ? write(OUTCOME_WORDS[step.outcome]) : write(msg('Waiting'))}**: ${plain(step.asks)}`, plain(step.says), step.missing.map(missed).join(' ')].filter(Boolean).join(' ');
  const { alert } = report;
  const labels = Object.entries(alert.labels).map(([name, value]) => `${name}=${visible(value, LABEL_LIMIT)}`).join(', ');
  const deeds = report.mitigations.filter(({ supportedBy }) => supportedBy.length > 0);
  return [
    `# ${markdownText(alert.name)}`,
    [write(msg('State: {{state}}', { state: alert.state })), alert.activeAt, markdownText(labels)].filter(Boolean).join(' · '),
    ...(lookFirst(report) ? [plain(lookFirst(report))] : []),
    `**${plain(headlineOf(report).says)}**`,
    `## ${write(msg('Diagnosis'))}`,
    report.steps.map(check).join('\n'),
    ...(deeds.length > 0 ? [`## ${write(msg('What you can do'))}`, ...deeds.flatMap((deed) => [`- ${plain(deed.title)}`, ...commandsOf(deed).map(({ text }) => fenced(text))])] : []),
    write(msg('Read at {{time}} from {{from}}', { time: report.at, from })),
  ].join('\n\n');
};
