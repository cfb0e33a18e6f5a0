import { SHELF } from '../runbooks/shelf';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { namespaceAdmin, nobody } from '../testing/users';
import { scenarios } from '../testing/scenarios';
import { type Built, type Ran, buildForSpec } from './testing-command';
import { saying, startCounted } from './testing-servers';
import { type CommandStage, type StageProps, setCommandStage } from './testing-stage';
import { type Findings } from './findings';

jest.setTimeout(120_000);

let command: Built;
beforeAll(async () => { command = await buildForSpec(); });
afterAll(() => command.remove());

/** Runs `virt-runbooks diagnose` in front of a stage of its own. */
const diagnoseAt = async (props: StageProps, args: readonly string[], before?: (stage: CommandStage) => Promise<readonly string[]>): Promise<Ran & { stage: CommandStage }> => {
  const stage = await setCommandStage(props);
  try {
    const more = before ? await before(stage) : [];
    return { ...(await command.run(['diagnose', ...stage.there, ...args, ...more])), stage };
  } finally {
    await stage.close();
  }
};

const findingsIn = ({ out, err }: Ran): Findings => {
  if (!out.startsWith('{')) throw new Error(`No JSON: ${out}${err}`);
  return JSON.parse(out) as Findings;
};

describe('what fires', () => {
  it.concurrent('is answered with its cause, what to do, and where it was read', async () => {
    const { code, out, err, stage } = await diagnoseAt({ scenario: 'operator-scaled-to-zero' }, []);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^VirtOperatorDown {2}critical, firing for 23 min\n✗ virt-operator is scaled to 0\.\n/);
    expect(out).toContain('✗ Problem  Are the pods of virt-operator running?');
    expect(out).toMatch(/\n {2}1\. Scale virt-operator back\n/);
    expect(out).toMatch(new RegExp(`\nRead at 2026-09-14T08:00:0\\d\\.\\d+Z from ${stage.kubernetes.url} \\(context lab\\)\\.\n$`));
    expect(out).not.toMatch(/undefined|\[object|\{\{/);
  });

  it.concurrent('is answered with every reading where more is wanted', async () => {
    const { code, out } = await diagnoseAt({ scenario: 'operator-scaled-to-zero' }, ['VirtOperatorDown', '--verbose']);
    expect(code).toBe(1);
    expect(out).toContain('$ oc get deployments virt-operator -n openshift-cnv');
    expect(out).toContain('promql: ');
    expect(out).not.toMatch(/undefined|\[object|\{\{|shows them/);
  });

  it.concurrent('is answered for one of its instances', async () => {
    const labels = ['VirtOperatorDown', '--label', 'severity=critical', '-o', 'json'];
    const gone = ['VirtOperatorDown', '--label', 'severity=warning', '-o', 'json'];
    const [known, unknown] = await Promise.all([labels, gone].map((args) => diagnoseAt({ scenario: 'operator-scaled-to-zero' }, args)));
    expect(findingsIn(known as Ran).reports.map(({ alert }) => alert.state)).toEqual(['firing']);
    expect(findingsIn(unknown as Ran).reports.map(({ alert }) => alert.state)).toEqual(['gone']);
  });

  it.concurrent('is named too where there is no runbook for it, and that is a problem', async () => {
    const firing = [{ alert: 'VirtHandlerUnheardOf', expr: 'x == 0', for: 900, since: 40, labels: { severity: 'warning', kubernetes_operator_part_of: 'kubevirt' }, annotations: { summary: 'Some virt-handlers \u202eare not rolled out' } }];
    const { code, out } = await diagnoseAt({ scenario: 'healthy', firing }, []);
    expect(code).toBe(1);
    expect(out).toContain('These fire too:\n  - VirtHandlerUnheardOf: no runbook. Some virt-handlers ⟨U+202E⟩are not rolled out');
  });

  it.concurrent('is nothing', async () => {
    const { code, out } = await diagnoseAt({ scenario: 'healthy' }, []);
    expect({ code, first: out.split('\n')[0] }).toEqual({ code: 0, first: 'No alert of virtualization fires.' });
  });

  it.concurrent('is said to be silenced', async () => {
    const alertmanager = await startCounted({ serve: saying([
      { labels: { alertname: 'VirtOperatorDown', severity: 'critical', kubernetes_operator_part_of: 'kubevirt', prometheus: 'k8s' }, startsAt: '2026-09-14T07:37:00Z', status: { state: 'suppressed', silencedBy: ['0f-quiet-9'] } },
      { labels: { alertname: 'Watchdog' }, status: { state: 'active', silencedBy: [] } },
    ]) });
    const { code, out } = await diagnoseAt({ scenario: 'operator-scaled-to-zero' }, ['--alertmanager', alertmanager.url]);
    await alertmanager.close();
    expect(code).toBe(1);
    expect(out).toContain('Silenced:\n  - VirtOperatorDown by 0f-quiet-9');
    expect(alertmanager.asked.map(({ path }) => path)).toEqual(['/api/v2/alerts?active=true&silenced=true&inhibited=true']);
  });
});

describe('every runbook', () => {
  it.concurrent('finds nothing in a healthy cluster', async () => {
    const { code, out } = await diagnoseAt({ scenario: 'healthy' }, ['--all']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^✓ KubeVirtComponentExceedsRequestedCPU .*\n(.+\n)*✓ VirtOperatorDown .*\n(.+\n)*\nRead at/) });
    // What stands below in the same column is the rest of a sentence.
    expect(out.split('\n').filter((line) => /^\S/.test(line) && !line.startsWith('Read at')).map((line) => line.slice(0, 1))).toEqual(SHELF.map(() => '✓'));
  });

  it.concurrent('says in a line each what is fine, and all of what is not', async () => {
    const { code, out } = await diagnoseAt({ scenario: 'operator-scaled-to-zero' }, ['--all']);
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ VirtOperatorDown +firing +virt-operator is scaled to 0\.\n/);
    expect(out).toMatch(/\n✓ VirtLauncherPodsStuckFailed +inactive/);
    expect(out).not.toMatch(/\nVirtLauncherPodsStuckFailed/);
  });

  it.concurrent('reads what several of them want once', async () => {
    const { stage } = await diagnoseAt({ scenario: 'operator-scaled-to-zero' }, ['--all']);
    const reads = stage.kubernetes.asked.map(({ path, body }) => `${path} ${body}`);
    expect(reads.filter((one, i) => reads.indexOf(one) !== i)).toEqual([]);
    expect(stage.prometheus.asked.filter(({ path }) => path.startsWith('/api/v1/rules'))).toHaveLength(1);
    expect(reads.length).toBeGreaterThan(10);
  });
});

describe('who may not read everything', () => {
  it.concurrent('is told what could not be checked, and which right is missing, and is asked about their namespace', async () => {
    const { code, out, stage } = await diagnoseAt({ scenario: 'operator-scaled-to-zero', user: namespaceAdmin }, ['VirtOperatorDown', '--namespace', 'web-shop']);
    expect(code).toBe(2);
    expect(out).toContain('Could not be read');
    expect(out).toMatch(/\? get deployments in openshift-cnv/);
    expect(out).toContain('Bind the roles that `virt-runbooks needs` prints');
    expect(stage.prometheus.asked.some(({ path }) => new URL(path, 'http://x').searchParams.get('namespace') === 'web-shop')).toBe(true);
  });

  it.concurrent('is told so by a code of its own where nothing may be read', async () => {
    const { code, out } = await diagnoseAt({ scenario: 'everything-forbidden', user: nobody }, ['--all', '-o', 'json']);
    expect(code).toBe(2);
    expect(findingsIn({ code, out, err: '' }).reports.map(({ answer }) => answer.form)).toEqual(SHELF.map(() => 'couldNotTell'));
  });
});

describe('JSON', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')) as object);
  const chosen = ['healthy', 'operator-image-pull', 'leader-abnormal-lease', 'launchers-drain-loop', 'launchers-node-shutdown', 'namespace-admin', 'not-installed', 'metrics-only'];

  it.concurrent.each(chosen)('follows its schema: %s', async (scenario) => {
    const ran = await diagnoseAt({ scenario }, ['--all', '-o', 'json']);
    const findings = findingsIn(ran);
    validate(findings);
    expect(validate.errors ?? []).toEqual([]);
    expect(findings).toMatchObject({ version: 1, context: 'lab', partial: false });
    const { alert, cause } = scenarios.find(({ id }) => id === scenario) ?? {};
    const report = findings.reports.find(({ runbook }) => runbook === alert);
    if (cause !== undefined) expect(report?.answer).toEqual({ form: 'causeFound', cause });
    // Nobody was asked anything.
    const asked = findings.reports.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'ask'));
    if (scenario === 'launchers-node-shutdown') expect(asked.map(({ outcome, reason }) => `${outcome ?? ''} ${reason ?? ''}`)).toContain('info notAsked');
    expect(asked.filter(({ reason, state }) => state === 'done' && reason !== 'notAsked' && reason !== 'missingInput' && reason !== 'noInput')).toEqual([]);
  });

  it.concurrent('is refused by the schema where something is missing from it', async () => {
    expect(validate({ version: 1, at: '2026-09-14T08:00:00Z', context: 'lab', server: 'x', partial: false, notices: [], reports: [{}], withoutRunbook: [], silenced: [] })).toBe(false);
  });

  it.concurrent('has the same ids in each run', async () => {
    const idsOf = ({ reports }: Findings) => reports.map(({ runbook, answer, steps, causes, mitigations }) => ({
      runbook, answer, steps: steps.map(({ step, reason }) => [step, reason]), causes: causes.map(({ cause, verdict }) => [cause, verdict]), mitigations: mitigations.map(({ mitigation }) => mitigation),
    }));
    const runs = await Promise.all([1, 2].map(() => diagnoseAt({ scenario: 'operator-rejected-quota' }, ['--all', '-o', 'json'])));
    const [first, second] = runs.map((ran) => idsOf(findingsIn(ran)));
    expect(second).toEqual(first);
    expect(first?.[0]?.answer).toEqual({ form: 'causeFound', cause: 'creation-rejected-quota' });
  });
});

describe('Markdown', () => {
  it.concurrent('fits a ticket', async () => {
    const { code, out, stage } = await diagnoseAt({ scenario: 'operator-scaled-to-zero' }, ['-o', 'markdown']);
    expect(code).toBe(1);
    expect(out).toMatch(/^# VirtOperatorDown\n\nState: firing/);
    expect(out).toContain('**virt-operator is scaled to 0.**');
    expect(out).toMatch(/```\noc /);
    expect(out).toContain(stage.kubernetes.url);
    expect(out).not.toMatch(/undefined|\[object|\{\{/);
    expect(out).not.toContain('\u001b');
  });

  it.concurrent('says that nothing fires', async () => {
    const { code, out } = await diagnoseAt({ scenario: 'healthy' }, ['-o', 'markdown']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^No alert of virtualization fires\. Read at /) });
  });
});
