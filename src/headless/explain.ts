import {
  type Cause, type FilledCommand, type Late, type Lookup, type Message, type Mitigation, type Permission, type Runbook, type Source, type Step,
  commandOf, durationText, fenced, fillCommand, fillQuery, isRef, markdownText, nameOf, permissionOf,
} from '../engine';
import { type Pen } from './terminal';

/** Everything a runbook holds, in English, without a cluster: what is known only when an alert fires stands as `‹name›`. */
export interface Explained {
  readonly alert: string;
  readonly aliases: readonly string[];
  readonly group: string;
  readonly severities: readonly string[];
  readonly deprecated?: string;
  readonly summary: string;
  readonly meaning: string;
  readonly impact: string;
  readonly ifIgnored: string;
  /** `for` in seconds. */
  readonly rules: readonly { readonly expr: string; readonly for: number; readonly releases: string }[];
  readonly steps: readonly ExplainedStep[];
  readonly causes: readonly ExplainedCause[];
  readonly mitigations: readonly ExplainedMitigation[];
  readonly differs: readonly { readonly published: string; readonly here: string }[];
  readonly source: Runbook['source'];
}

interface ExplainedStep {
  readonly id: string;
  readonly asks: string;
  readonly why?: string;
  /** Shell commands, and queries for Observe → Metrics, that show what the step reads. */
  readonly commands: readonly FilledCommand[];
  /** As `oc auth can-i` takes them. */
  readonly needs: readonly string[];
  /** Set for questions that only a person with a shell can answer. */
  readonly lookFor?: string;
  readonly answers?: readonly string[];
}

interface ExplainedCause {
  readonly id: string;
  readonly says: string;
  readonly nature: Cause['nature'];
  /** False for what is only the company of this alert. */
  readonly canFire: boolean;
  readonly mitigations: readonly string[];
}

interface ExplainedMitigation {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly mode: Mitigation['mode'];
  readonly risk: Mitigation['risk'];
  readonly vms: string;
  readonly undo: string;
  readonly onlyIf?: string;
  readonly commands: readonly FilledCommand[];
}

const NOTHING_KNOWN: Lookup = () => ({ state: 'pending' });

const lateText = (value: Late<string> | undefined): string => (value === undefined ? '' : isRef(value) ? `‹${nameOf(value)}›` : value);

const needText = ({ verb, group, resource, subresource, namespace }: Permission<Late<string>>): string =>
  `${verb} ${resource}${group ? `.${group}` : ''}${subresource ? `/${subresource}` : ''}${namespace === undefined ? '' : ` -n ${lateText(namespace)}`}`;

const stepOf = (step: Step, write: (message: Message) => string): ExplainedStep => {
  const said = { id: step.id, asks: write(step.asks), ...(step.why ? { why: write(step.why) } : {}) };
  if (step.kind === 'ask') {
    return {
      ...said, commands: step.commands.map((command) => fillCommand(command, NOTHING_KNOWN)), needs: [],
      lookFor: write(step.lookFor), answers: step.answers.map(({ label }) => write(label)),
    };
  }
  const sources = Object.values(step.reads).map((read): Source => (read.kind === 'each' ? (read as { source: Source }).source : read as Source));
  return {
    ...said,
    commands: sources.map((source) => (source.kind === 'metrics' ? fillQuery(source.query, NOTHING_KNOWN) : fillCommand(commandOf(source), NOTHING_KNOWN))),
    needs: [...new Set(sources.flatMap((source) => permissionOf(source) ?? []).map(needText))],
  };
};

const mitigationOf = (mitigation: Mitigation, write: (message: Message) => string): ExplainedMitigation => ({
  id: mitigation.id, title: write(mitigation.title), summary: write(mitigation.summary), mode: mitigation.mode, risk: mitigation.risk,
  vms: write(mitigation.vms), undo: write(mitigation.undo),
  ...(mitigation.mode === 'commands' && mitigation.safeWhen ? { onlyIf: write(mitigation.safeWhen) } : {}),
  commands: 'commands' in mitigation ? (mitigation.commands ?? []).map((command) => fillCommand(command, NOTHING_KNOWN)) : [],
});

/** What a runbook holds, without a cluster. */
export const explain = (runbook: Runbook, write: (message: Message) => string): Explained => {
  const cause = (canFire: boolean) => ({ id, says, nature, mitigations }: Cause): ExplainedCause =>
    ({ id, says: write(says), nature, canFire, mitigations: mitigations.map((one) => one.id) });
  const mitigations = new Map([...runbook.causes, ...runbook.company].flatMap((one) => one.mitigations).concat(runbook.always).map((one) => [one.id, one]));
  return {
    alert: runbook.alert, aliases: runbook.aliases, group: runbook.group, severities: runbook.severities,
    ...(runbook.deprecated ? { deprecated: write(runbook.deprecated) } : {}),
    summary: write(runbook.summary), meaning: write(runbook.meaning), impact: write(runbook.impact), ifIgnored: write(runbook.ifIgnored),
    rules: runbook.forms.map(({ expr, for: lasting, releases }) => ({ expr, for: lasting, releases })),
    steps: runbook.diagnosis.map((step) => stepOf(step, write)),
    causes: [...runbook.causes.map(cause(true)), ...runbook.company.map(cause(false))],
    mitigations: [...mitigations.values()].map((one) => mitigationOf(one, write)),
    differs: runbook.differs.map(({ published, here }) => ({ published: write(published), here: write(here) })),
    source: runbook.source,
  };
};

const heads = ({ alert, aliases, severities, group, deprecated }: Explained): readonly string[] => [
  `${alert}${aliases.length > 0 ? ` (earlier: ${aliases.join(', ')})` : ''}`, `${severities.join(' or ')}; ${group}`, ...(deprecated ? [deprecated] : []),
];

const NATURES: Readonly<Record<Cause['nature'], string>> = { fault: '', expected: ' (expected for a while)', falseAlarm: ' (false alarm)' };

/** A runbook for a person at a terminal. */
export const explainText = (of: Explained, { colours, paragraph, verbatim }: Pen): string => {
  const title = (text: string): readonly string[] => ['', colours.bold(text)];
  const command = ({ text, language }: FilledCommand): string => colours.dim(verbatim(text, 5, language === 'shell' ? '$ ' : 'promql: '));
  const [name = '', ...rest] = heads(of);
  return [
    colours.bold(name), ...rest.map((line) => paragraph(line)), paragraph(of.summary),
    ...title('Meaning'), paragraph(of.meaning, 2), ...title('Impact'), paragraph(of.impact, 2), ...title('If nobody does anything'), paragraph(of.ifIgnored, 2),
    ...title('Rule'), ...of.rules.flatMap(({ expr, for: lasting, releases }) => [paragraph(`${releases}, after ${durationText(lasting, 'en')}:`, 2), paragraph(expr, 4)]),
    ...title('Diagnosis'),
    ...of.steps.flatMap((step, i) => [
      paragraph(step.asks, 2, `${i + 1}. `), ...(step.why ? [paragraph(step.why, 5)] : []), ...(step.lookFor ? [paragraph(step.lookFor, 5)] : []),
      ...step.commands.map(command), ...(step.answers ?? []).map((answer) => paragraph(answer, 5, '- ')),
    ]),
    ...title('Causes'), ...of.causes.map(({ says, nature, canFire }) => paragraph(`${says}${NATURES[nature]}${canFire ? '' : ' (company: cannot make this alert fire)'}`, 2, '- ')),
    ...title('Mitigations'),
    ...of.mitigations.flatMap((one) => [
      paragraph(colours.bold(one.title), 2, '- '), paragraph(one.summary, 4), paragraph(`risk: ${one.risk}; VMs: ${one.vms}; undo: ${one.undo}`, 4),
      ...(one.onlyIf ? [paragraph(one.onlyIf, 4, 'Only if: ')] : []), ...one.commands.map(command),
    ]),
    ...(of.differs.length > 0 ? title('Where this differs from the published runbook') : []),
    ...of.differs.map(({ published, here }) => paragraph(`${published} ${here}`, 2, '- ')),
    ...title('Source'), paragraph(`${of.source.url}, ${of.source.revision.slice(0, 12)} of ${of.source.date}; ${of.source.releases}`, 2),
  ].join('\n');
};

/** A runbook as Markdown. */
export const explainMarkdown = (of: Explained): string => {
  const [name = '', ...rest] = heads(of).map(markdownText);
  return [
    `# ${name}`, rest.join('. '), markdownText(of.summary),
    '## Meaning', markdownText(of.meaning), '## Impact', markdownText(of.impact), '## If nobody does anything', markdownText(of.ifIgnored),
    '## Rule', ...of.rules.flatMap(({ expr, for: lasting, releases }) => [`${markdownText(releases)}, after ${durationText(lasting, 'en')}:`, fenced(expr)]),
    '## Diagnosis',
    ...of.steps.flatMap((step, i) => [
      `${i + 1}. ${[step.asks, step.why ?? '', step.lookFor ?? ''].filter(Boolean).map(markdownText).join(' ')}`,
      ...(step.commands.length > 0 ? [fenced(step.commands.map(({ text }) => text).join('\n'))] : []),
    ]),
    '## Causes', of.causes.map(({ says, nature, canFire }) => `- ${markdownText(says)}${NATURES[nature]}${canFire ? '' : ' (company: cannot make this alert fire)'}`).join('\n'),
    '## Mitigations',
    ...of.mitigations.flatMap((one) => [
      `- **${markdownText(one.title)}** ${markdownText(one.summary)} Risk: ${one.risk}. VMs: ${markdownText(one.vms)} Undo: ${markdownText(one.undo)}${one.onlyIf ? ` Only if: ${markdownText(one.onlyIf)}` : ''}`,
      ...(one.commands.length > 0 ? [fenced(one.commands.map(({ text }) => text).join('\n'))] : []),
    ]),
    ...(of.differs.length > 0 ? ['## Where this differs from the published runbook', of.differs.map(({ published, here }) => `- ${markdownText(`${published} ${here}`)}`).join('\n')] : []),
    `Source: ${of.source.url}, ${of.source.revision.slice(0, 12)} of ${of.source.date}; ${markdownText(of.source.releases)}`,
  ].join('\n\n');
};
