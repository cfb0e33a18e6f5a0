import { type Plan, type Refusal, plainText, writeOf } from '../engine';
import { answer } from '../testing/answer';
import { pass } from '../testing/controllers';
import { absent, evidence, READ_AT, unread } from '../testing/evidence';
import { podsOf } from '../testing/faults';
import { deploymentOf, kubeVirtOf, metadata, minutesAgo } from '../testing/samples';
import { scenarios } from '../testing/scenarios';
import { clusterAdmin } from '../testing/users';
import { clusterOf } from '../testing/world';
import { type Deployment, type KubeVirt } from '../sources/objects';
import { virtOperator } from '../steps/workloads';
import { resumptionOf } from './resumption';
import { scaleBack } from './scaleBack';

const mitigation = scaleBack(virtOperator);
const version = { metadata: metadata('cnv'), spec: { install: { spec: { deployments: [{ name: 'virt-operator', spec: { replicas: 3 } }] } } } };
const stopped = (more: Parameters<typeof metadata>[1] = {}, brings?: string): Deployment =>
  deploymentOf({ replicas: 0, template: { spec: { containers: [{ name: 'virt-operator', env: brings === undefined ? [] : [{ name: 'KUBEVIRT_VERSION', value: brings }] }] } } }, {}, more);

const planOf = (deployment: readonly Deployment[], kubevirts: readonly KubeVirt[] = [kubeVirtOf()], versions: readonly (typeof version)[] = [version]): Plan | Refusal =>
  mitigation.plan({ deployment: deployment.length > 0 ? evidence(deployment) : absent(), kubevirts: evidence(kubevirts), versions: evidence(versions) }, { now: READ_AT, labels: {}, inputs: {} }, {});
const made = (plan: Plan | Refusal): Plan => {
  if ('refused' in plan) throw new Error(plainText(plan.refused));
  return plan;
};
const refusedWith = (plan: Plan | Refusal): string => ('refused' in plan ? plainText(plan.refused) : 'planned');
const lines = ({ effects }: Pick<Plan, 'effects'>): string => effects.map(plainText).join('\n');

describe('scaling back', () => {
  it('goes to the number that the package records, by a patch of the scale that stands on what was looked at', () => {
    const plan = made(planOf([stopped({ resourceVersion: '77', uid: 'u' })]));
    expect(plainText(plan.sentence)).toBe('Scale virt-operator in openshift-cnv from 0 to 3.');
    expect(plan.operations).toEqual([expect.objectContaining({
      verb: 'patch', subresource: 'scale', target: expect.objectContaining({ kind: 'Deployment', apiVersion: 'apps/v1', uid: 'u', resourceVersion: '77' }) as unknown,
      patch: [{ op: 'test', path: '/metadata/uid', value: 'u' }, { op: 'test', path: '/metadata/resourceVersion', value: '77' }, { op: 'add', path: '/spec/replicas', value: 3 }],
    })]);
    expect(plan.confirm).toEqual({ kind: 'button' });
  });

  it('goes to what KubeVirt itself ships where no package records a number', () => {
    expect(plainText(made(planOf([stopped()], [kubeVirtOf()], [])).sentence)).toContain('from 0 to 2');
  });

  it('names the program that set 0', () => {
    const managedFields = [{ manager: 'argocd', time: minutesAgo(9), fieldsV1: { 'f:spec': { 'f:replicas': {} } } }];
    expect(lines(made(planOf([stopped({ managedFields })])))).toContain('The program argocd set 0');
  });

  it.each([
    ['there is no Deployment', planOf([]), 'OLM makes it again'],
    ['the Deployment goes', planOf([stopped({ deletionTimestamp: minutesAgo(1) })]), 'is being deleted'],
    ['it already wants pods', planOf([deploymentOf()]), 'already wants 2 pods'],
    ['there are two KubeVirt objects', planOf([stopped()], [kubeVirtOf(), kubeVirtOf()]), 'not exactly 1'],
    ['there is no KubeVirt object', planOf([stopped()], []), 'not exactly 1'],
    ['virtualization is being removed', planOf([stopped()], [kubeVirtOf(undefined, { deletionTimestamp: minutesAgo(1) })]), 'being removed'],
  ])('is refused when %s', (_, plan, words) => expect(refusedWith(plan)).toContain(words));

  it('heals the world, and its undo takes that back', () => {
    const scenario = scenarios.find(({ id }) => id === 'operator-scaled-to-zero');
    if (!scenario) throw new Error('no such scenario');
    const cluster = clusterOf(scenario);
    const carryOut = (operation: Plan['operations'][number]) => {
      const { method, path, contentType, body } = writeOf(operation, false);
      return answer(cluster, { method, path, headers: { 'content-type': contentType }, body: JSON.stringify(body), user: clusterAdmin }).status;
    };
    const now = () => cluster.need('Deployment', 'openshift-cnv', 'virt-operator') as unknown as Deployment;
    const plan = made(planOf([now()], cluster.list('KubeVirt') as unknown as readonly KubeVirt[], cluster.list('ClusterServiceVersion') as unknown as readonly (typeof version)[]));
    expect(plan.operations.map(carryOut)).toEqual([200]);
    pass(cluster, 120_000);
    expect(podsOf(cluster, 'virt-operator').map(({ status }) => status.phase)).toEqual(['Running', 'Running']);
    // A second time it meets another resourceVersion than it stands on.
    expect(plan.operations.map(carryOut)).not.toEqual([200]);
    if (!plan.undo.possible) throw new Error('no undo');
    expect(plan.undo.operations.map(carryOut)).toEqual([200]);
    expect(now().spec?.replicas).toBe(0);
  });
});

describe('what the package records', () => {
  const withVersions = (reason: 'forbidden' | 'apiNotInstalled') => mitigation.plan(
    { deployment: evidence([stopped()]), kubevirts: evidence([kubeVirtOf()]), versions: unread('versions', reason) }, { now: READ_AT, labels: {}, inputs: {} }, {});

  it('is not guessed where it could not be read', () => expect(refusedWith(withVersions('forbidden'))).toContain('could not be read'));
  it('is not missed where there is no OLM', () => expect(plainText(made(withVersions('apiNotInstalled')).sentence)).toContain('from 0 to 2'));
});

describe('what resumes', () => {
  const deployed = { phase: 'Deployed', observedKubeVirtVersion: 'v1.8.3', targetKubeVirtVersion: 'v1.8.3' };
  const updating = (...workloadUpdateMethods: readonly string[]): KubeVirt => ({ ...kubeVirtOf(deployed), spec: { workloadUpdateStrategy: { workloadUpdateMethods, batchEvictionSize: 5 } } });

  it.each([
    ['nothing moves while the version stays', stopped({}, 'v1.8.3'), updating('LiveMigrate'), 'nothing', 'No upgrade starts', 'button'],
    ['VMs are migrated after an upgrade', stopped({}, 'v1.8.4'), updating('LiveMigrate'), 'migration', 'from v1.8.3 to v1.8.4', 'acknowledge'],
    ['VMs that cannot migrate are shut down', stopped({}, 'v1.8.4'), updating('LiveMigrate', 'Evict'), 'shutdown', 'the others are shut down, 5 every 1m', 'typed'],
    ['all VMs are shut down where only eviction is allowed', stopped({}, 'v1.8.4'), updating('Evict'), 'shutdown', 'is shut down to start anew', 'typed'],
    ['VMs keep the old version where no method is set', stopped({}, 'v1.8.4'), updating(), 'nothing', 'keep the old version', 'button'],
    ['the wanted version counts where the Deployment names none', stopped(), { ...updating('LiveMigrate'), status: { ...deployed, targetKubeVirtVersion: 'v1.8.4' } }, 'migration', 'to v1.8.4', 'acknowledge'],
  ] as const)('%s', (_, operator, kubevirt, worst, words, confirm) => {
    expect(resumptionOf(operator, kubevirt).worst).toBe(worst);
    expect(lines(resumptionOf(operator, kubevirt))).toContain(words);
    expect(made(planOf([operator], [kubevirt])).confirm.kind).toBe(confirm);
  });

  it('tells of a change that nobody acted on, and of VMs that are outdated already', () => {
    const kubevirt = kubeVirtOf({ ...deployed, observedGeneration: 3, outdatedVirtualMachineInstanceWorkloads: 7 }, { generation: 4 });
    expect(lines(resumptionOf(stopped({}, 'v1.8.3'), kubevirt))).toContain('was changed meanwhile');
    expect(lines(resumptionOf(stopped({}, 'v1.8.3'), kubevirt))).toContain('7 VMs run an older version already');
  });
});
