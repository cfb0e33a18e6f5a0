import { type Plan, type Refusal, plainText, writeOf } from '../engine';
import { type Deployment, type KubeVirt, type Lease, type Pod } from '../sources/objects';
import { operatorElection } from '../steps/leaderElection';
import { electionSteps } from '../steps/leaderSteps';
import { answer } from '../testing/answer';
import { type Cluster } from '../testing/cluster';
import { pass } from '../testing/controllers';
import { leads } from '../testing/controllers/leases';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { podsOf } from '../testing/faults';
import { deploymentOf, kubeVirtOf, metadata, podOf } from '../testing/samples';
import { noLeadingVirtOperator as scenarios } from '../testing/scenarios/NoLeadingVirtOperator';
import { clusterAdmin } from '../testing/users';
import { clusterOf } from '../testing/world';
import { deleteStaleLease } from './leaseDelete';

const mitigation = deleteStaleLease(operatorElection, electionSteps(operatorElection));
const given = { now: READ_AT, labels: {}, inputs: {} };
const NAMESPACE = 'openshift-cnv';

const leaseOf = (holderIdentity: string, leaseDurationSeconds = 15): Lease => ({ metadata: metadata('virt-operator', { uid: 'l', resourceVersion: '890' }), spec: { holderIdentity, leaseDurationSeconds } });

interface Seen {
  readonly lease?: Lease;
  /** Seconds. */
  readonly unchanged?: number;
  readonly pods?: readonly Pod[];
  readonly operator?: readonly Deployment[];
  readonly kubevirts?: readonly KubeVirt[];
}

const planOf = ({ lease, unchanged = 600, pods = [podOf('virt-operator-1')], operator = [deploymentOf()], kubevirts = [kubeVirtOf()] }: Seen): Plan | Refusal => mitigation.plan({
  lease: lease ? evidence([lease], { unchangedSince: READ_AT - unchanged * 1000 }) : absent(),
  pods: evidence(pods), deployment: evidence(operator), kubevirts: evidence(kubevirts),
}, given, {});

const made = (plan: Plan | Refusal): Plan => {
  if ('refused' in plan) throw new Error(plainText(plan.refused));
  return plan;
};
const refusalOf = (plan: Plan | Refusal): Refusal => {
  if (!('refused' in plan)) throw new Error('It was planned.');
  return plan;
};

describe('deleting a stale lease', () => {
  it('carries uid and resourceVersion, so that the server refuses it if anybody renewed meanwhile', () => {
    const plan = made(planOf({ lease: leaseOf('gone') }));
    expect(plainText(plan.sentence)).toBe('Delete the lease virt-operator in openshift-cnv.');
    const [operation] = plan.operations;
    expect(operation && writeOf(operation, false)).toMatchObject({ method: 'DELETE', body: { preconditions: { uid: 'l', resourceVersion: '890' } } });
    expect(plan.undo.possible).toBe(false);
    expect(plan.verify.map(({ id }) => id)).toEqual(['lease-holder', 'leader-metric']);
  });

  it.each([
    ['15 s', leaseOf('gone'), 44, 1],
    ['15 s', leaseOf('gone'), 0, 15],
    ['68 years, for which nobody waits longer than three minutes', leaseOf('gone', 2_147_483_647), 170, 10],
  ])('waits for three durations between two readings of a lease of %s', (_, lease, unchanged, lookAgainIn) => {
    expect(refusalOf(planOf({ lease, unchanged })).lookAgainIn).toBe(lookAgainIn);
  });

  it.each([
    [leaseOf('gone'), 45],
    [leaseOf('gone', 2_147_483_647), 180],
    [leaseOf(''), 45],
  ])('is planned once they have passed', (lease, unchanged) => {
    expect(made(planOf({ lease, unchanged })).operations).toHaveLength(1);
  });

  it.each<[string, Seen, string]>([
    ['there is none', {}, 'There is no lease'],
    ['its holder still exists', { lease: leaseOf('virt-operator-1') }, 'there could be two leaders'],
    ['what resumes cannot be said', { lease: leaseOf('gone'), kubevirts: [] }, 'cannot be said'],
    ['there are two KubeVirt objects', { lease: leaseOf('gone'), kubevirts: [kubeVirtOf(), kubeVirtOf()] }, 'cannot be said'],
  ])('is refused for good if %s', (_, seen, words) => {
    const refusal = refusalOf(planOf(seen));
    expect(plainText(refusal.refused)).toContain(words);
    expect(refusal.lookAgainIn).toBeUndefined();
  });

  it('does not take a failed pod for a living holder', () => {
    expect(made(planOf({ lease: leaseOf('dead'), pods: [podOf('dead', { status: { phase: 'Failed' } })] })).operations).toHaveLength(1);
  });

  it('wants the name typed where an upgrade shuts VMs down', () => {
    const operator = deploymentOf({ template: { spec: { containers: [{ name: 'virt-operator', env: [{ name: 'KUBEVIRT_VERSION', value: 'v1.9.0' }] }] } } });
    const kubevirt: KubeVirt = { ...kubeVirtOf(), spec: { workloadUpdateStrategy: { workloadUpdateMethods: ['Evict'] } } };
    expect(made(planOf({ lease: leaseOf('gone'), operator: [operator], kubevirts: [kubevirt] })).confirm).toMatchObject({ kind: 'typed', name: 'virt-operator' });
  });
});

describe('in the world', () => {
  const scenario = scenarios.find(({ id }) => id === 'leader-abnormal-lease');
  const leader = (cluster: Cluster): boolean => podsOf(cluster, 'virt-operator').some((pod) => leads(cluster, 'virt-operator', pod));

  const send = (cluster: Cluster): number => {
    const found = cluster.need('Lease', NAMESPACE, 'virt-operator') as unknown as Lease;
    const [operation] = made(planOf({ lease: found, pods: podsOf(cluster, 'virt-operator') as unknown as readonly Pod[] })).operations;
    if (!operation || !scenario) throw new Error('There is nothing to send.');
    const { method, path, contentType, body } = writeOf(operation, false);
    return answer(cluster, { method, path, headers: { 'content-type': contentType }, body: JSON.stringify(body), user: clusterAdmin }).status;
  };

  it('lets the next candidate lead', () => {
    const cluster = clusterOf(scenario as NonNullable<typeof scenario>);
    expect(leader(cluster)).toBe(false);
    expect(send(cluster)).toBe(200);
    pass(cluster, 60_000);
    expect(leader(cluster)).toBe(true);
  });
});
