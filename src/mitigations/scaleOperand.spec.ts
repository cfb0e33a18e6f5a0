import { type Plan, type Refusal, plainText, writeOf } from '../engine';
import { answer } from '../testing/answer';
import { pass } from '../testing/controllers';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { podsOf } from '../testing/faults';
import { deploymentOf, kubeVirtOf, metadata, minutesAgo, nodeOf, podOf } from '../testing/samples';
import { scenarios } from '../testing/scenarios';
import { clusterAdmin } from '../testing/users';
import { clusterOf } from '../testing/world';
import { type Deployment, type KubeVirt } from '../sources/objects';
import { virtApi } from '../steps/workloads';
import { scaleOperand } from './scaleOperand';

const stopped = (more: Parameters<typeof metadata>[1] = {}): Deployment => ({ ...deploymentOf({ replicas: 0 }), metadata: metadata('virt-api', more) });
const nodes = evidence(Array.from({ length: 40 }, (_, i) => nodeOf(`worker-${i}`, { labels: { 'kubevirt.io/schedulable': 'true' } })));
const planOf = (deployment: readonly Deployment[], kubevirts: readonly KubeVirt[] = [kubeVirtOf()], operators = evidence([podOf('a')])): Plan | Refusal =>
  scaleOperand(virtApi).plan({ deployment: deployment.length > 0 ? evidence(deployment) : absent(), kubevirts: evidence(kubevirts), nodes, operators }, { now: READ_AT, labels: {}, inputs: {} }, {});
const made = (plan: Plan | Refusal): Plan => {
  if ('refused' in plan) throw new Error(plainText(plan.refused));
  return plan;
};

describe('scaling a component of virt-operator back', () => {
  it('goes to what virt-operator would ask for, by a patch of the scale that stands on what was looked at', () => {
    const plan = made(planOf([stopped({ resourceVersion: '77', uid: 'u' })]));
    expect(plainText(plan.sentence)).toBe('Scale virt-api in openshift-cnv from 0 to 4.');
    expect(plan.operations).toEqual([expect.objectContaining({
      verb: 'patch', subresource: 'scale', before: { '/spec/replicas': 0 },
      patch: [{ op: 'test', path: '/metadata/uid', value: 'u' }, { op: 'test', path: '/metadata/resourceVersion', value: '77' }, { op: 'add', path: '/spec/replicas', value: 4 }],
    })]);
  });

  it('says whether its owner works, and who set 0', () => {
    const managedFields = [{ manager: 'argocd', time: minutesAgo(9), fieldsV1: { 'f:spec': { 'f:replicas': {} } } }];
    const owned = made(planOf([stopped({ managedFields })]));
    expect(owned.effects.map(plainText).join('\n')).toContain('The program argocd set 0');
    expect(owned.owner && plainText(owned.owner)).toContain('would have put the number back');
    const orphaned = made(planOf([stopped()], [kubeVirtOf()], evidence()));
    expect(orphaned.owner && plainText(orphaned.owner)).toContain('does not work now');
  });

  it.each([
    ['there is no Deployment', planOf([]), 'virt-operator makes it again'],
    ['the Deployment goes', planOf([stopped({ deletionTimestamp: minutesAgo(1) })]), 'is being deleted'],
    ['it already wants pods', planOf([deploymentOf()]), 'already wants 2 pods'],
    ['there are two KubeVirt objects', planOf([stopped()], [kubeVirtOf(), kubeVirtOf()]), 'not exactly 1'],
    ['virtualization is being removed', planOf([stopped()], [kubeVirtOf(undefined, { deletionTimestamp: minutesAgo(1) })]), 'being removed'],
  ])('is refused when %s', (_, plan, words) => expect('refused' in plan && plainText(plan.refused)).toContain(words));

  it('heals the world while virt-operator is down, and its undo takes that back', () => {
    const scenario = scenarios.find(({ id }) => id === 'api-scaled-to-zero');
    if (!scenario) throw new Error('no such scenario');
    const cluster = clusterOf(scenario);
    const now = () => cluster.need('Deployment', 'openshift-cnv', 'virt-api') as unknown as Deployment;
    const plan = made(planOf([now()], cluster.list('KubeVirt') as unknown as readonly KubeVirt[], evidence()));
    const send = (operation: Plan['operations'][number]): number => {
      const { method, path, contentType, body } = writeOf(operation, false);
      return answer(cluster, { method, path, headers: { 'content-type': contentType }, body: JSON.stringify(body), user: clusterAdmin }).status;
    };
    expect(plan.operations.map(send)).toEqual([200]);
    pass(cluster, 120_000);
    expect(podsOf(cluster, 'virt-api').map(({ status }) => status.phase)).toEqual(['Running', 'Running', 'Running', 'Running']);
    if (!plan.undo.possible) throw new Error('no undo');
    expect(plan.undo.operations.map(send)).toEqual([200]);
    expect(now().spec?.replicas).toBe(0);
  });
});
