import { type Reply, type Report, type Runbook, type Transport, plainText } from '../engine';
import { type Cluster } from './cluster';
import { type Firing, type Metrics, diagnose, doorTo } from './door';
import { type User } from './types';
import { clusterAdmin } from './users';

/** One row of a runbook's table: a world, and what the diagnosis must make of it. */
export interface RunbookCase {
  readonly given: () => Cluster;
  readonly user?: User;
  /** What Prometheus answers; a query that nothing here matches yields no series. */
  readonly metrics?: Metrics;
  /** Labels of the alert, which fires unless told otherwise. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly firing?: false;
  /** Id of the loaded form of the rule; the newest by default. */
  readonly form?: string;
  /** Reasons by step, each among the reasons found. */
  readonly finds?: Readonly<Record<string, string>>;
  /** The one cause that is confirmed, or null for none. */
  readonly cause: string | null;
  /** Mitigations that are supported by the evidence, all of them. */
  readonly offers?: readonly string[];
  readonly answer?: Report['answer']['form'];
}

/** The rule of a runbook as it is loaded, firing for a while unless told otherwise. */
export const ruleOf = (runbook: Runbook, { form, firing, labels }: Pick<RunbookCase, 'form' | 'firing' | 'labels'>): Firing => {
  const loaded = runbook.forms.find(({ id }) => id === form) ?? runbook.forms[0];
  return {
    alert: runbook.alert, for: loaded?.for ?? 0, expr: (loaded?.expr ?? '').replaceAll('$NAMESPACE', 'openshift-cnv'),
    ...(loaded?.records ? { record: loaded.records } : {}),
    labels: { severity: runbook.severities[0] ?? 'warning', kubernetes_operator_part_of: 'kubevirt', ...labels },
    ...(firing === false ? {} : { since: 23 }),
  };
};

const reportOf = async (runbook: Runbook, row: RunbookCase): Promise<Report> => {
  const cluster = row.given();
  const transport = doorTo({ cluster, user: row.user ?? clusterAdmin, rules: [ruleOf(runbook, row)], metrics: row.metrics ?? [] });
  return (await diagnose(runbook, row.labels ?? {}, transport, cluster.now().getTime())).report();
};

const reasons = ({ steps }: Report): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(steps.map(({ step, reason, also }) => [step, [reason ?? 'notDone', ...also]]));

const confirmed = ({ causes }: Report) => causes.filter(({ verdict }) => verdict === 'confirmed').map(({ cause }) => cause);

const dead = (reply: Reply): Transport => ({ get: async () => reply });

/** What the engine itself puts in place of a reason: nobody's check has spoken. */
const ENGINE_REASONS = new Set(['nothingReadable', 'missingInput', 'noInput', 'incomplete', 'stale', 'checkThrew', 'notAsked', 'notDone']);

/**
 * The spec of a runbook: a table of worlds. Besides the rows it asks what no author should have to remember: every step
 * comes to a conclusion of its own somewhere, no row repeats another, and with every source failed nothing passes, nothing
 * is confirmed and nothing is offered.
 */
export const testRunbook = (runbook: Runbook, table: Readonly<Record<string, RunbookCase>>): void => {
  describe(runbook.alert, () => {
    const reports = new Map<string, Report>();

    for (const [title, row] of Object.entries(table)) {
      it(`finds the cause when ${title}`, async () => {
        const report = await reportOf(runbook, row);
        reports.set(title, report);
        const found = reasons(report);
        expect(Object.entries(found).filter(([, [reason]]) => reason === 'checkThrew' || reason === 'notDone').map(([step]) => step)).toEqual([]);
        for (const [step, reason] of Object.entries(row.finds ?? {})) expect({ [step]: found[step] }).toEqual({ [step]: expect.arrayContaining([reason]) });
        expect(confirmed(report)).toEqual(row.cause === null ? [] : [row.cause]);
        if (row.offers) expect(report.mitigations.filter(({ supportedBy }) => supportedBy.length > 0).map(({ mitigation }) => mitigation).sort()).toEqual([...row.offers].sort());
        if (row.answer) expect(report.answer.form).toBe(row.answer);
      });
    }

    it('has no row that repeats another', () => {
      const written = [...reports.values()].map((report) => JSON.stringify([reasons(report), report.causes.map(({ cause, verdict }) => [cause, verdict]), report.alert.rule?.form, report.answer]));
      expect(new Set(written).size).toBe(written.length);
    });

    it('has a row in which each step comes to a conclusion of its own', () => {
      const concluded = new Set([...reports.values()].flatMap(({ steps }) => steps.filter(({ reason = '' }) => !ENGINE_REASONS.has(reason)).map(({ step }) => step)));
      expect(runbook.diagnosis.filter(({ kind, id }) => kind === 'read' && !concluded.has(id)).map(({ id }) => id)).toEqual([]);
    });

    it.each([
      ['is refused', { state: 'answered', status: 403, body: '{"kind":"Status","message":"forbidden"}' }],
      ['fails', { state: 'answered', status: 500, body: 'oops' }],
      ['times out', { state: 'failed', reason: 'timedOut' }],
      ['brings a web page', { state: 'answered', status: 200, body: '<html>' }],
    ] as const)('is unknown throughout, and offers nothing, when every reading %s', async (_, reply) => {
      const report = (await diagnose(runbook, {}, dead(reply), 0)).report();
      expect(report.steps.filter(({ kind, outcome }) => kind === 'read' && outcome !== 'unknown' && outcome !== 'notApplicable').map(({ step }) => step)).toEqual([]);
      expect(report.causes.filter(({ verdict }) => verdict !== 'open').map(({ cause }) => cause)).toEqual([]);
      expect(report.mitigations.filter(({ supportedBy }) => supportedBy.length > 0)).toEqual([]);
      expect(report.answer.form).toBe('couldNotTell');
    });

    it('gives each cause at least one mitigation, and each id once', () => {
      const causes = [...runbook.causes, ...runbook.company];
      expect(causes.filter(({ mitigations }) => mitigations.length === 0).map(({ id }) => id)).toEqual([]);
      for (const ids of [causes.map(({ id }) => id), runbook.diagnosis.map(({ id }) => id)]) expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    });

    it('hangs its causes on reasons of steps that it has', () => {
      const known = new Map(runbook.diagnosis.map(({ id, reasons: all }) => [id, all as readonly string[]]));
      const dangling = [...runbook.causes, ...runbook.company].flatMap(({ id, confirmedBy, supportedBy, refutedBy }) =>
        [...confirmedBy, ...supportedBy, ...refutedBy].filter(({ step, reason }) => !known.get(step)?.includes(reason)).map(({ step, reason }) => `${id}: ${step}.${reason}`));
      expect(dangling).toEqual([]);
    });

    it('leaves no text empty', () => {
      const texts = [runbook.summary, runbook.meaning, runbook.impact, runbook.ifIgnored, ...runbook.differs.flatMap(({ published, here }) => [published, here])];
      expect(texts.filter((text) => plainText(text).trim() === '' || text.text.includes('~'))).toEqual([]);
    });
  });
};
