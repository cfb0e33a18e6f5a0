import { commandOf, permissionOf, isFilled } from './needs';
import { type Expanded, type SeenBySource, expand, gather } from './evidence';
import { type FilledCommand, fillCommand, fillQuery } from './command';
import { type Finding, type Rows } from './finding';
import { type Because, type Lookup, type Ref, type Resolved, refsIn, resolve } from './late';
import { msg } from './message';
import { type Evidence, type Missing } from './observation';
import { type ReadingReport, type StepReport } from './report';
import { keyOf } from './reader';
import { type EachSource, type Permission, type Source } from './source';
import { type AskStep, type EvidenceOf, type Given, type Inputs, type ReadStep, type Reads, type Step } from './step';

/** What somebody answered to an `ask` step on this visit. */
export interface Statement {
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Everything that an evaluation rests on. Nothing else is known, and nothing is remembered between two of them. */
export interface Known {
  readonly now: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Has the alert been read, is it being read, or can it not be? Only of one that has been read can a label be missing. */
  readonly alert: 'reading' | 'read' | 'unread';
  readonly activeAt?: number;
  readonly seen: SeenBySource;
  readonly statements: ReadonlyMap<string, Statement>;
}

/** A step as far as it has come: its report, the sources it wants, and its outputs once it is done. */
export interface Evaluated {
  readonly report: StepReport;
  readonly wants: readonly Source[];
  /** Only of a step that is done. */
  readonly evidence?: EvidenceOf<Reads>;
  readonly given?: Given<Inputs>;
}

const ROWS = 100;
const LINES = 200;
const LINE_LENGTH = 500;

/** Evaluates steps against what is known; each once, however many others depend on it. */
export const createEvaluation = (steps: readonly Step[], known: Known) => {
  const done = new Map<string, Evaluated>();

  const evaluated = (id: string): Evaluated | undefined => {
    const before = done.get(id);
    if (before) return before;
    const step = steps.find((candidate) => candidate.id === id);
    if (!step) return undefined;
    const result = step.kind === 'ask' ? evaluateAsk(step, known, lookup) : evaluateRead(step, known, lookup, evaluated);
    done.set(id, result);
    return result;
  };

  const lookup: Lookup = <T>(ref: Ref<T>): Resolved<T> => {
    if (ref.from === 'label') {
      const name = ref.names.find((candidate) => known.labels[candidate]);
      if (name !== undefined) return { state: 'known', value: known.labels[name] as T };
      return known.alert === 'reading' ? { state: 'pending' } : { state: 'unknowable', because: { label: ref.names } };
    }
    if (ref.from === 'text') return resolve(ref, lookup) as Resolved<T>;
    if (ref.from === 'element') return { state: 'unknowable', because: { label: ref.path } };
    const source = evaluated(ref.step);
    if (source && source.report.state !== 'done') return { state: 'pending' };
    const step = steps.find(({ id }) => id === ref.step);
    const output = step?.kind === 'read' && source?.evidence && source.given ? step.outputs[ref.output] : undefined;
    const value = output && attempt(() => output(source?.evidence as EvidenceOf<Reads>, source?.given as Given<Inputs>), undefined);
    return value === undefined ? { state: 'unknowable', because: { step: ref.step } } : { state: 'known', value: value as T };
  };

  return { evaluated, lookup };
};

// Whatever a check or an output throws is the author's mistake, and one step's alone.
const attempt = <T, F>(run: () => T, otherwise: F | ((error: unknown) => F)): T | F => {
  try {
    return run();
  } catch (error) {
    return typeof otherwise === 'function' ? (otherwise as (error: unknown) => F)(error) : otherwise;
  }
};

const base = (step: Step): Omit<StepReport, 'state'> => ({
  step: step.id, kind: step.kind, asks: step.asks, why: step.why, required: step.required, scope: step.scope,
  also: [], subjects: [], rows: [], complete: false, missing: [], readings: [],
});

const evaluateAsk = (step: AskStep, known: Known, lookup: Lookup): Evaluated => {
  const stated = known.statements.get(step.id);
  const answer = step.answers.find(({ reason }) => reason === stated?.reason);
  return {
    wants: [],
    report: {
      ...base(step),
      state: 'done',
      outcome: answer?.outcome ?? 'info',
      reason: answer?.reason ?? 'notAsked',
      says: answer?.says ?? msg('Not asked yet. This page cannot look there by itself.'),
      question: {
        lookFor: step.lookFor,
        commands: step.commands.map((command) => fillCommand(command, lookup)),
        answers: step.answers.map(({ reason, label }) => ({ reason, label })),
        ...(answer && stated ? { stated } : {}),
      },
    },
  };
};

const evaluateRead = (step: ReadStep, known: Known, lookup: Lookup, evaluated: (id: string) => Evaluated | undefined): Evaluated => {
  const readings = Object.entries(step.reads).map(([reading, source]) => ({ reading, source, expanded: expand(source, lookup) }));
  const inputs = resolve(step.inputs, lookup);
  // An optional reading whose input does not exist is left out; it does not take the step with it.
  const needed = readings.filter(({ reading, expanded }) => expanded.state !== 'unknowable' || !step.optional.includes(reading));
  const resolved = [...needed.map(({ expanded }) => expanded), inputs];
  const wants = readings.flatMap(({ expanded }) => (expanded.state === 'known' ? expanded.value.sources : []));
  const report = { ...base(step), readings: readings.map((reading) => readingReport(reading, known, lookup)) };

  const never = resolved.find((one) => one.state === 'unknowable');
  if (never?.state === 'unknowable') {
    // What was refused while it was still open whether there is an input has to be asked for too, else the reader hears of it later.
    const refused = readings.flatMap(({ reading, expanded }) => (expanded.state === 'known' ? gather(reading, expanded.value, known.seen, known.now).missing : []))
      .filter(({ reason }) => reason === 'forbidden');
    return { wants: [], report: { ...report, ...withoutInput(never.because, known, evaluated, refused) } };
  }
  if (resolved.some(({ state }) => state === 'pending')) {
    const waitsFor = refsIn([step.reads, step.inputs]).find((ref) => lookup(ref).state === 'pending');
    return { wants, report: { ...report, state: 'waiting', waitsFor: waitsFor?.from === 'output' ? waitsFor.step : undefined } };
  }
  if (wants.some((source) => !known.seen.has(keyOf(source)))) return { wants, report: { ...report, state: 'reading' } };

  // What an earlier step could not see, this one cannot have seen either.
  const rests = [step.inputs, ...readings.filter(({ reading }) => !step.optional.includes(reading)).map(({ source }) => source)];
  const earlier = refsIn(rests).flatMap((ref) => (ref.from === 'output' ? evaluated(ref.step) ?? [] : []));
  const inherited = earlier.every((one) => one.report.complete);
  const evidence = Object.fromEntries(readings.map(({ reading, expanded }) =>
    [reading, expanded.state === 'known'
      ? gather(reading, expanded.value, known.seen, known.now)
      : { ...gather(reading, { sources: [], cut: 0 }, known.seen, known.now), complete: false }])) as EvidenceOf<Reads> & Record<string, Evidence<unknown>>;
  const given: Given<Inputs> = {
    now: known.now, labels: known.labels, activeAt: known.activeAt, inputs: (inputs as { value: Given<Inputs>['inputs'] }).value,
  };
  const conclusion = conclude(step, evidence, given, inherited);
  return { wants, report: { ...report, state: 'done', ...conclusion }, evidence, given };
};

type Conclusion = Partial<StepReport> & Pick<StepReport, 'outcome' | 'reason' | 'complete' | 'missing'>;

/** Runs the check, and turns what its evidence cannot carry into `unknown`. */
const conclude = (step: ReadStep, evidence: Record<string, Evidence<unknown>>, given: Given<Inputs>, inherited: boolean): Conclusion => {
  const all = Object.entries(evidence);
  const needed = all.filter(([reading]) => !step.optional.includes(reading)).map(([, one]) => one);
  const missing = all.flatMap(([, one]) => one.missing);
  const complete = inherited && needed.every((one) => one.complete);
  const unreadable = needed.filter((one) => one.items.length === 0 && !one.absent && one.missing.length > 0);
  if (needed.length > 0 && unreadable.length === needed.length) {
    return needed.every((one) => one.missing.every(({ reason }) => reason === 'stale'))
      ? { outcome: 'unknown', reason: 'stale', says: msg('What there is to read is too old to stand on.'), complete: false, missing }
      : { outcome: 'unknown', reason: 'nothingReadable', says: msg('Could not look.'), complete: false, missing };
  }
  const finding = attempt(() => step.check(evidence, given), (error: unknown): Finding => ({
    outcome: 'unknown', reason: 'checkThrew', says: msg('This check stopped with an error of its own: {{error}}', { error: String(error).slice(0, LINE_LENGTH) }),
  }));
  const { outcome, reason, also = [], says, expected, actual, subjects = [], rows = [] } = finding;
  const shown = { expected, actual, subjects: subjects.slice(0, ROWS), rows: rows.map(capped), missing };
  if (!complete && (outcome === 'pass' || outcome === 'notApplicable')) {
    const stale = missing.length > 0 && missing.every((one) => one.reason === 'stale');
    return {
      ...shown, outcome: 'unknown', reason: stale ? 'stale' : 'incomplete', complete,
      says: stale
        ? msg('This was true when it was read, which is too long ago.')
        : msg('Nothing wrong in the part that could be read. The rest is missing.'),
    };
  }
  return { ...shown, outcome, reason, also, says, complete };
};

/** A step without its input: not needed if there is nothing to look at, unknown if an earlier step could not tell. */
const withoutInput = (because: Because, known: Known, evaluated: (id: string) => Evaluated | undefined, refused: readonly Missing[]): Conclusion & { state: 'done' } => {
  if ('unfit' in because) {
    return {
      state: 'done', outcome: 'unknown', reason: 'missingInput', complete: false, missing: refused,
      says: msg('Could not look: {{value}} cannot be the name of anything, so nothing is asked with it.', { value: because.unfit.slice(0, LINE_LENGTH) }),
    };
  }
  if ('label' in because && known.alert === 'unread') {
    return {
      state: 'done', outcome: 'unknown', reason: 'missingInput', complete: false, missing: refused,
      says: msg('Could not look: the alert could not be read, and only its label {{label}} says where.', { label: because.label[0] ?? '' }),
    };
  }
  if ('label' in because) {
    return {
      state: 'done', outcome: 'notApplicable', reason: 'noInput', complete: true, missing: [],
      says: msg('The alert does not carry the label {{label}}.', { label: because.label[0] ?? '' }),
    };
  }
  const earlier = evaluated(because.step)?.report;
  const missing: readonly Missing[] = [...(earlier?.missing ?? []), ...refused];
  return earlier?.complete && earlier.outcome !== 'unknown'
    ? { state: 'done', outcome: 'notApplicable', reason: 'noInput', complete: true, missing: [], says: msg('Not needed: an earlier step found nothing to look at.') }
    : { state: 'done', outcome: 'unknown', reason: 'missingInput', complete: false, missing, says: msg('Could not look: an earlier step could not tell where.') };
};

/** The least that a row or a line may cost the reader of a report. */
const capped = (rows: Rows): Rows => {
  if (rows.of === 'table') return rows.rows.length <= ROWS ? rows : { ...rows, rows: rows.rows.slice(0, ROWS), more: (rows.more ?? 0) + rows.rows.length - ROWS };
  if (rows.of === 'series') return { ...rows, series: rows.series.slice(0, ROWS) };
  const lines = rows.lines.slice(-LINES).map((line) => ({ ...line, text: line.text.slice(0, LINE_LENGTH) }));
  return { ...rows, lines, more: (rows.more ?? 0) + Math.max(0, rows.lines.length - LINES) };
};

const readingReport = (
  { reading, source, expanded }: { reading: string; source: Source | EachSource<unknown>; expanded: Resolved<Expanded> }, known: Known, lookup: Lookup,
): ReadingReport => {
  const first = expanded.state === 'known' ? expanded.value.sources[0] : undefined;
  const shown = first ?? (source.kind === 'each' ? source.source : source);
  const observed = expanded.state === 'known' ? expanded.value.sources.map((one) => known.seen.get(keyOf(one))?.observation) : [];
  const read = observed.every((one) => one !== undefined) && expanded.state === 'known' ? observed : undefined;
  const oldest = read && read.length > 0 ? Math.min(...read.map((one) => one?.readAt ?? known.now)) : undefined;
  return {
    reading,
    command: filled(shown, lookup),
    permission: permissionFilled(shown, lookup),
    items: read ? read.reduce((sum, one) => sum + (one?.state === 'ok' ? one.items.length : 0), 0) : null,
    readAt: oldest === undefined ? undefined : new Date(oldest).toISOString(),
  };
};

const filled = (source: Source, lookup: Lookup): FilledCommand =>
  (source.kind === 'metrics' ? fillQuery(source.query, lookup) : fillCommand(commandOf(source), lookup));

const permissionFilled = (source: Source, lookup: Lookup): Permission | undefined => {
  const permission = permissionOf(source);
  const found = permission && resolve(permission, lookup);
  return found?.state === 'known' && isFilled(found.value) ? found.value : undefined;
};
