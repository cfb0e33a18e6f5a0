import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Runbook } from '../../../src/engine';
import { handedOver } from '../../../src/components/steps/handedOver';
import { loadRunbook } from '../../../src/runbooks/library';
import { SHELF } from '../../../src/runbooks/shelf';
import { type Scenario, scenarios } from '../../../src/testing/scenarios';
import { type Cluster } from '../../../src/testing/cluster';
import { clusterOf } from '../../../src/testing/world';
import { type Stage, openStage } from '../truth/stage';
import { type Look, lookAs } from './look';
import { PEOPLE, grants } from './people';
import { asText } from '../table';
import { allSteps, missingIn, refusedIn, unneededIn } from './permissions';
import { type Answered, RIGHTS_TABLE, keyOf } from './summary';

/** Worlds that are looked at: one per runbook, and one in which nothing is wrong for all of them. */
const CHOSEN = ['operator-scaled-to-zero', 'leader-lease-forbidden', 'launchers-drain-loop', 'healthy'];
const ADMIN = 'cluster-admin';
const others = PEOPLE.filter(({ name }) => name !== ADMIN);

const ANSWERS = path.join(__dirname, 'answers.json');
/** Set to take down what people see, after runbooks or roles have changed. */
const WRITE = process.env['RIGHTS'] === 'write';
const answers: Record<string, Answered> = {};

/** What a person was answered, in short. */
const inShort = ({ report: { steps, answer } }: Look): Answered => {
  const needed = steps.filter(({ kind, outcome }) => kind === 'read' && outcome !== 'notApplicable');
  return { known: needed.filter(({ outcome }) => outcome !== 'unknown').length, of: needed.length, answer: answer.form };
};

let stage: Stage;
const runbooks = new Map<string, Runbook>();

beforeAll(async () => {
  stage = await openStage({ users: PEOPLE.map(({ name }) => ({ name, groups: [] })), controllers: ['clusterrole-aggregation-controller'] });
  for (const { alert } of SHELF) {
    const runbook = await loadRunbook(alert);
    if (runbook) runbooks.set(alert, runbook);
  }
}, 1_800_000);
afterAll(() => stage?.close());

const reasonsOf = ({ report }: Look): readonly (string | undefined)[] => allSteps(report).map(({ reason }) => reason);

describe.each(CHOSEN)('%s', (id) => {
  const scenario = scenarios.find((one) => one.id === id) as Scenario;
  const alerts = scenario.alert === undefined ? SHELF.map(({ alert }) => alert) : [scenario.alert];
  let cluster: Cluster;

  const look = (who: string, alert: string): Promise<Look> => {
    const runbook = runbooks.get(alert);
    if (!runbook) throw new Error(`${alert} has no runbook`);
    return lookAs(stage.server, who, { runbook, cluster, scenario });
  };

  beforeAll(async () => {
    cluster = clusterOf(scenario, new Date());
    await stage.show(cluster);
    await stage.grant(grants());
  }, 60_000);

  it.each(alerts.flatMap((alert) => others.map(({ name, says }) => [alert, says, name] as const)))('%s as %s', async (alert, _, name) => {
    const whole = await look(ADMIN, alert);
    const part = await look(name, alert);
    if (scenario.alert !== undefined) Object.assign(answers, { [keyOf(alert, ADMIN)]: inShort(whole), [keyOf(alert, name)]: inShort(part) });
    expect(reasonsOf(part)).not.toContain('checkThrew');
    // Nothing is fine for them that is not fine, and nothing is confirmed that is not the case.
    const passes = ({ report }: Look) => allSteps(report).filter(({ outcome }) => outcome === 'pass').map(({ step }) => step);
    const confirmed = ({ report }: Look) => report.causes.filter(({ verdict }) => verdict === 'confirmed').map(({ cause }) => cause);
    expect(passes(part).filter((step) => !passes(whole).includes(step))).toEqual([]);
    expect(confirmed(part).filter((cause) => !confirmed(whole).includes(cause))).toEqual([]);
    // Nor is anything wrong for them that is not wrong.
    const problems = ({ report }: Look) => allSteps(report).filter(({ outcome }) => outcome === 'fail' || outcome === 'warn').flatMap(({ step, reason = '', also }) => [reason, ...also].map((one) => `${step}: ${one}`));
    expect(problems(part).filter((one) => !problems(whole).includes(one))).toEqual([]);
    // A tenant sees one line for the platform, who may read it every check; who has its metrics alone, as many as they answer.
    const { sees } = PEOPLE.find((person) => person.name === name) ?? {};
    if (sees !== 'metrics') expect(handedOver(part.report.steps).length > 0).toBe(sees === 'tenant');
    // What could not be read is named as the server names it, all of it and nothing else.
    const [missing, unneeded] = [missingIn(part.report), unneededIn(part.report)];
    expect(missing).toEqual(refusedIn(part.asked).filter((one) => missing.includes(one) || !unneeded.has(one)));
  }, 60_000);
});

it('sees what docs/testing.md says', () => {
  if (WRITE) writeFileSync(ANSWERS, `${JSON.stringify(answers, undefined, 1)}\n`);
  else expect(answers).toEqual(JSON.parse(readFileSync(ANSWERS, 'utf8')));
  console.log(asText(RIGHTS_TABLE));
});
