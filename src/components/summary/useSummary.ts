import { useAnswerSays } from '../answer/useAnswerSays';
import { useWords } from '../../console/text';
import { FAILURES, type Message, type Report, type StepReport } from '../../engine';
import { permissionText } from '../command/permissionText';
import { visible } from '../message/visible';
import { useWritten } from '../message/useWritten';
import { useOutcomeWord } from '../outcome/useOutcomeWord';

/** Text in which no character means anything to Markdown. Line breaks would end a list item. */
export const markdownText = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#~!]/g, '\\$&').trim();

/** A command in a fence that no run of backticks inside it can close. */
export const fenced = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
};

/** The report as Markdown for a ticket: the answer, every check, the deeds that the evidence supports, and what could not be read. */
export const useSummary = (report: Report): (() => string) => {
  const t = useWords();
  const written = useWritten();
  const word = useOutcomeWord();
  const { headline } = useAnswerSays(report);
  const plain = (message: Message | undefined): string => (message ? markdownText(written(message)) : '');
  const missing = ({ missing: lines }: StepReport): string =>
    lines.map(({ reason, permission }) => (permission ? t('needs the permission {{can}}', { can: markdownText(permissionText(permission)) }) : plain(FAILURES[reason]))).join(' ');
  const check = (step: StepReport): string =>
    [`- **${step.outcome ? word(step.outcome) : t('Waiting')}**: ${plain(step.asks)}`, plain(step.says), missing(step)].filter(Boolean).join(' ');
  return () => {
    const { alert } = report;
    const labels = Object.entries(alert.labels).map(([name, value]) => `${name}=${visible(value, 200)}`).join(', ');
    const deeds = report.mitigations.filter(({ supportedBy }) => supportedBy.length > 0);
    return [
      `# ${markdownText(alert.name)}`,
      [t('State: {{state}}', { state: alert.state }), alert.activeAt, markdownText(labels)].filter(Boolean).join(' · '),
      `**${markdownText(headline)}**`,
      `## ${t('Diagnosis')}`,
      report.steps.map(check).join('\n'),
      ...(deeds.length > 0 ? [`## ${t('What you can do')}`, ...deeds.flatMap((deed) => [`- ${plain(deed.title)}`, ...deed.commands.map(({ text }) => fenced(text))])] : []),
      t('Read at {{time}} from {{address}}', { time: report.at, address: window.location.href }),
    ].join('\n\n');
  };
};
