import { type Message, type Report, headlineOf, summaryOf, visible } from '../engine';
import { instantAndAge } from './english';
import { FAILURES_HERE } from './failures';
import { type Findings } from './findings';
import { verdictOf } from './outcome';
import { reportText } from './reportText';
import { type Pen } from './terminal';

/** How findings are written. */
export interface FindingsWriter {
  readonly pen: Pen;
  readonly write: (message: Message) => string;
  readonly isVerbose: boolean;
}

const RANK = { problem: 0, notFullyChecked: 1, noProblem: 2 } as const;

const byRank = (reports: readonly Report[]): readonly Report[] => [...reports].sort((a, b) => RANK[verdictOf(a)] - RANK[verdictOf(b)]);

/** All findings for a person at a terminal: a line for each alert first if there are several, then each report. */
export const findingsText = (findings: Findings, { pen, write, isVerbose }: FindingsWriter): string => {
  const now = Date.parse(findings.at);
  const { colours, paragraph, table } = pen;
  const line = (report: Report): readonly string[] => {
    const verdict = verdictOf(report);
    const mark = verdict === 'problem' ? colours.red('✗') : verdict === 'noProblem' ? colours.green('✓') : colours.magenta('?');
    return [`${mark} ${visible(report.alert.name)}`, report.alert.state, write(headlineOf(report).says)];
  };
  const sorted = byRank(findings.reports);
  // A health check of everything says a line of what is fine, and all of what is not.
  const told = sorted.length === 1 || isVerbose ? sorted : sorted.filter((report) => verdictOf(report) !== 'noProblem');
  const rest = findings.withoutRunbook.map(({ alert, annotations }) => `${visible(alert)}: no runbook. ${visible(annotations['summary'] ?? annotations['description'] ?? '', 300)}`);
  const parts = [
    ...(sorted.length > 1 ? [table(sorted.map(line))] : []),
    ...(sorted.length === 0 ? [findings.partial ? 'Nothing was looked into.' : 'No alert of virtualization fires.'] : []),
    ...(rest.length > 0 ? [['These fire too:', ...rest.map((one) => paragraph(one, 2, '- '))].join('\n')] : []),
    ...(findings.silenced.length > 0 ? [['Silenced:', ...findings.silenced.map(({ alert, by }) => paragraph(`${visible(alert)} by ${by.map((id) => visible(id)).join(', ')}`, 2, '- '))].join('\n')] : []),
    ...told.map((report) => reportText(report, { pen, write, isVerbose, now })),
    ...(findings.partial ? [colours.yellow(paragraph('This is partial: not every question was answered.'))] : []),
    colours.dim(paragraph(`Read at ${findings.at} from ${visible(findings.server)} (context ${visible(findings.context)}).`)),
  ];
  return `${parts.join('\n\n')}\n`;
};

/** All findings as Markdown for a ticket. */
export const findingsMarkdown = (findings: Findings, write: (message: Message) => string): string => {
  const from = `${visible(findings.server)} (context ${visible(findings.context)})`;
  const parts = [
    ...byRank(findings.reports).map((report) => summaryOf(report, { write, failures: FAILURES_HERE, from })),
    ...findings.withoutRunbook.map(({ alert, activeAt }) => `# ${visible(alert)}\n\nNo runbook. ${activeAt ? `Since ${instantAndAge(activeAt, Date.parse(findings.at))}` : ''}`),
    ...(findings.partial ? ['This is partial: not every question was answered.'] : []),
    ...(findings.reports.length === 0 && !findings.partial ? [`No alert of virtualization fires. Read at ${findings.at} from ${from}`] : []),
  ];
  return `${parts.join('\n\n')}\n`;
};
