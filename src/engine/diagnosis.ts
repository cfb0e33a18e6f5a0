import { reportAlert } from './alert';
import { answerOf, count, rollUp } from './answer';
import { createEvaluation, type Evaluated, type Known, type Statement } from './evaluate';
import { type Seen, gather, remember } from './evidence';
import { fillCommand } from './command';
import { type Lookup, resolve } from './late';
import { type Mitigation } from './mitigation';
import { type Evidence, type Observation } from './observation';
import { type MitigationReport, type Report } from './report';
import { keyOf } from './reader';
import { type Runbook } from './runbook';
import { type LoadedRule, type RulesSource, type Source } from './source';
import { type ReadStep, type Step } from './step';
import { judge } from './verdict';

const RULES: RulesSource = { kind: 'rules' };

/**
 * A diagnosis: a state machine without I/O. It says which sources it needs, accepts observations, and gives the report
 * as far as it has come.
 */
export interface Diagnosis {
  readonly runbook: Runbook;
  /** Sources that are needed and not observed, or are to be observed again. */
  readonly wanted: () => readonly Source[];
  /** Sources that the diagnosis rests on as far as it has come and that could be read: what a change of is worth a bell. */
  readonly readable: () => readonly Source[];
  readonly accept: (source: Source, observation: Observation) => void;
  /** Asks for sources to be read again: those of one step, those with these keys, or all. What was observed stands until then. */
  readonly readAgain: (which?: { readonly step: string } | { readonly keys: readonly string[] }) => void;
  /** Takes down what somebody answered to an `ask` step; `undefined` takes it back. */
  readonly state: (step: string, reason: string | undefined) => void;
  /** Evaluates further steps beside those of the runbook: the evidence of a mitigation, or its verification. */
  readonly alsoRun: (steps: readonly ReadStep[]) => void;
  /** One of those further steps, as far as it has come. */
  readonly evaluated: (step: string) => Evaluated | undefined;
  /** The same object until something changes. */
  readonly report: () => Report;
  /** Time has passed: what was fresh may not be so any more. */
  readonly tick: () => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Starts a diagnosis of one alert. `labels` are those of the address; `now` is server time in milliseconds since 1970. */
export const createDiagnosis = (runbook: Runbook, labels: Readonly<Record<string, string>>, now: () => number): Diagnosis => {
  const seen = new Map<string, Seen>();
  const again = new Set<string>();
  const statements = new Map<string, Statement>();
  const listeners = new Set<() => void>();
  let further: readonly ReadStep[] = [];
  let current: { evaluate: (id: string) => Evaluated | undefined; lookup: Lookup; steps: readonly Step[]; known: Known } | undefined;
  let report: Report | undefined;

  const changed = () => {
    current = undefined;
    report = undefined;
    for (const listener of [...listeners]) listener();
  };

  const alertNow = (at: number) => {
    const rules: Evidence<unknown> = gather('rules', { sources: [RULES], cut: 0 }, seen, at);
    return reportAlert(runbook, labels, rules as Evidence<LoadedRule>, rules.missing);
  };

  const evaluation = () => {
    if (current) return current;
    const at = now();
    const alert = alertNow(at);
    const known: Known = {
      now: at, seen, statements, labels: alert.labels,
      alert: !seen.has(keyOf(RULES)) ? 'reading' : alert.state === 'unknown' ? 'unread' : 'read',
      ...(alert.activeAt ? { activeAt: Date.parse(alert.activeAt) } : {}),
    };
    const steps = [...runbook.diagnosis, ...(runbook.affected ? [runbook.affected] : []), ...runbook.around, ...further];
    const { evaluated, lookup } = createEvaluation(steps, known);
    current = { evaluate: evaluated, lookup, steps, known };
    return current;
  };

  const wantedSources = (): readonly Source[] => {
    const { evaluate, steps } = evaluation();
    return [RULES, ...steps.flatMap(({ id }) => evaluate(id)?.wants ?? [])];
  };

  const makeReport = (): Report => {
    const { evaluate, lookup, known } = evaluation();
    const alert = alertNow(known.now);
    const reportsOf = (some: readonly Step[]) => some.flatMap(({ id }) => evaluate(id)?.report ?? []);
    const steps = reportsOf(runbook.diagnosis);
    const causes = judge(runbook, steps, alert.rule && (alert.rule.expr === undefined ? undefined : alert.rule.form));
    return {
      version: 1,
      runbook: runbook.alert,
      at: new Date(known.now).toISOString(),
      alert,
      answer: seen.has(keyOf(RULES)) ? answerOf(alert, steps, causes) : { form: 'running' },
      outcome: rollUp(steps),
      counts: count(steps),
      steps,
      affected: reportsOf(runbook.affected ? [runbook.affected] : [])[0],
      around: reportsOf(runbook.around),
      causes,
      mitigations: offer(runbook, causes, lookup),
    };
  };

  return {
    runbook,
    readable: () => wantedSources().filter((source) => {
      const state = seen.get(keyOf(source))?.observation.state;
      return state !== undefined && state !== 'failed';
    }),
    wanted: () => {
      const unique = new Map(wantedSources().map((source) => [keyOf(source), source]));
      return [...unique].filter(([key]) => !seen.has(key) || again.has(key)).map(([, source]) => source);
    },
    accept: (source, observation) => {
      const key = keyOf(source);
      seen.set(key, remember(seen.get(key), observation));
      again.delete(key);
      changed();
    },
    readAgain: (which) => {
      const keys = which && 'keys' in which ? which.keys
        : (which ? evaluation().evaluate(which.step)?.wants ?? [] : wantedSources()).map(keyOf);
      for (const key of keys) if (seen.has(key)) again.add(key);
      changed();
    },
    state: (step, reason) => {
      if (reason === undefined) statements.delete(step);
      else statements.set(step, { reason, at: new Date(now()).toISOString() });
      changed();
    },
    alsoRun: (steps) => {
      further = steps;
      changed();
    },
    evaluated: (step) => evaluation().evaluate(step),
    report: () => (report ??= makeReport()),
    tick: changed,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** Every mitigation of the runbook, once: those of confirmed and supported causes first, then those that are always there. */
const offer = (runbook: Runbook, causes: Report['causes'], lookup: Lookup): readonly MitigationReport[] => {
  const likely = causes.filter(({ verdict }) => verdict === 'confirmed' || verdict === 'supported');
  const all = new Map<string, Mitigation>();
  const order = [...likely.map(({ cause }) => cause), ...causes.map(({ cause }) => cause)];
  for (const id of order) {
    const cause = [...runbook.causes, ...runbook.company].find((one) => one.id === id);
    for (const mitigation of cause?.mitigations ?? []) all.set(mitigation.id, all.get(mitigation.id) ?? mitigation);
  }
  const always = new Set(runbook.always.map(({ id }) => id));
  for (const mitigation of runbook.always) all.set(mitigation.id, mitigation);
  const reports = [...all.values()].map((mitigation): MitigationReport => ({
    mitigation: mitigation.id, mode: mitigation.mode, title: mitigation.title, summary: mitigation.summary,
    risk: mitigation.risk, vms: mitigation.vms, undo: mitigation.undo,
    supportedBy: likely.filter((one) => one.mitigations.includes(mitigation.id)).map(({ cause }) => cause),
    always: always.has(mitigation.id),
    commands: 'commands' in mitigation ? (mitigation.commands ?? []).map((command) => fillCommand(command, lookup)) : [],
    todo: mitigation.mode === 'manual' ? mitigation.todo : [],
    ...(mitigation.mode === 'commands' && mitigation.safeWhen ? { safeWhen: mitigation.safeWhen } : {}),
    ...(mitigation.mode === 'navigate' ? placeOf(mitigation.place, lookup) : {}),
  }));
  const rank = ({ supportedBy, always: stays }: MitigationReport) => (supportedBy.length > 0 ? 0 : stays ? 1 : 2);
  return reports.sort((a, b) => rank(a) - rank(b));
};

const placeOf = (place: MitigationReport['place'], lookup: Lookup): Pick<MitigationReport, 'place'> => {
  const found = resolve(place, lookup);
  return found.state === 'known' ? { place: found.value } : {};
};
