import { type ReaderRole, type Runbook } from '../../../src/engine';
import { loadRunbook } from '../../../src/runbooks/library';
import { readerRoles } from '../../../src/runbooks/readerRoles';
import { SHELF } from '../../../src/runbooks/shelf';
import { scenarios } from '../../../src/testing/scenarios';
import { type KubeObject } from '../../../src/testing/types';
import { clusterOf } from '../../../src/testing/world';
import { type Stage, openStage } from '../truth/stage';
import { lookAs } from './look';
import { missingIn, refusedIn } from './permissions';
import { bindingOf } from './roles';
import { conditionalOf, unusedOf, useOf } from './used';

/** One user per runbook, with the roles that `virt-runbooks needs ALERT` prints and nothing else. */
const userOf = (alert: string): string => `reader-of-${alert}`;
const NAMESPACE = 'openshift-cnv';

interface Reader {
  readonly runbook: Runbook;
  readonly roles: readonly ReaderRole[];
  readonly uses: NonNullable<ReturnType<typeof useOf>>[];
}

let stage: Stage;
const readers = new Map<string, Reader>();

beforeAll(async () => {
  stage = await openStage({ users: SHELF.map(({ alert }) => ({ name: userOf(alert), groups: [] })) });
  for (const { alert } of SHELF) {
    const runbook = await loadRunbook(alert);
    if (!runbook) throw new Error(`${alert} has no runbook`);
    readers.set(alert, { runbook, uses: [], roles: readerRoles([runbook], NAMESPACE, userOf(alert).toLowerCase()) });
  }
}, 1_800_000);
afterAll(() => stage?.close());

/** The role, and who has it. */
const granted = (user: string, role: ReaderRole): readonly KubeObject[] => {
  const { kind, metadata } = role;
  return [role as unknown as KubeObject, bindingOf(user, { kind, name: metadata.name }, metadata.namespace)];
};

// Without its kinds there is no namespace to have a role in, and nothing to look at.
const shown = scenarios.filter(({ id }) => id !== 'not-installed');

describe('with the roles of its runbook', () => {
  it.each(shown.map((scenario) => [scenario.id, scenario] as const))('nothing of %s is unknown for lack of rights', async (_, scenario) => {
    const cluster = clusterOf(scenario, new Date());
    await stage.show(cluster);
    for (const [alert, { runbook, roles, uses }] of readers) {
      if (scenario.alert !== undefined && scenario.alert !== alert) continue;
      for (const role of roles) await stage.grant(granted(userOf(alert), role));
      const { report, asked } = await lookAs(stage.server, userOf(alert), { runbook, cluster, scenario });
      expect({ alert, missing: missingIn(report), refused: refusedIn(asked) }).toEqual({ alert, missing: [], refused: [] });
      uses.push(...asked.flatMap((one) => useOf(one) ?? []));
    }
  }, 60_000);

  it.each(SHELF.map(({ alert }) => alert))('no right of %s is superfluous', (alert) => {
    const { roles = [], uses = [], runbook } = readers.get(alert)!;
    const conditional = conditionalOf(runbook);
    expect(unusedOf(roles, uses, true).filter((one) => !conditional.has(one.replace(/^[^:]*: /, '')))).toEqual([]);
  });

  it('none of them holds secrets', () => {
    const resources = [...readers.values()].flatMap(({ roles }) => roles.flatMap(({ rules }) => rules.flatMap((rule) => rule.resources)));
    expect(resources.filter((resource) => resource === '*' || resource.startsWith('secrets'))).toEqual([]);
  });
});
