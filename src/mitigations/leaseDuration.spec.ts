import { type Plan, type Refusal } from '../engine';
import { noLeadingVirtOperator } from '../runbooks/virt-operator/NoLeadingVirtOperator';
import { type Deployment, type KubeVirt, type Lease } from '../sources/objects';
import { controllerElection, operatorElection } from '../steps/leaderElection';
import { READ_AT, absent, evidence } from '../testing/evidence';
import { lineOf, made, needOf, plansInTheDark, refusedWith } from '../testing/planned';
import { deploymentOf, kubeVirtOf, metadata } from '../testing/samples';
import { shortenLease } from './leaseDuration';

const leaseOf = (leaseDurationSeconds: number | undefined, renewTime = '2026-11-20T10:00:00Z'): Lease =>
  ({ metadata: metadata('virt-operator', { uid: 'l', resourceVersion: '890' }), spec: { holderIdentity: 'gone', renewTime, ...(leaseDurationSeconds === undefined ? {} : { leaseDurationSeconds }) } });
const planOf = (of: readonly Lease[], { operator = [deploymentOf()], kubevirts = [kubeVirtOf()], election = operatorElection }: { operator?: readonly Deployment[]; kubevirts?: readonly KubeVirt[]; election?: typeof operatorElection } = {}): Plan | Refusal =>
  shortenLease(election).plan({ object: of.length > 0 ? evidence(of) : absent(), deployment: evidence(operator), kubevirts: evidence(kubevirts) }, { now: READ_AT, labels: {}, inputs: {} }, {});
const YEARS = 2_147_483_647;

describe('giving a lease a sane duration', () => {
  it('changes that field alone, tested: whoever renews the lease makes it fail', () => {
    const plan = made(planOf([leaseOf(YEARS)]));
    expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
      `PATCH /apis/coordination.k8s.io/v1/namespaces/openshift-cnv/leases/virt-operator?fieldManager=virt-runbooks-plugin [{"op":"test","path":"/metadata/uid","value":"l"},{"op":"test","path":"/spec/leaseDurationSeconds","value":${String(YEARS)}},{"op":"replace","path":"/spec/leaseDurationSeconds","value":15}]`,
    ]);
    expect(plan.operations.map(needOf)).toEqual(['patch leases coordination.k8s.io openshift-cnv virt-operator']);
    expect(plan.confirm).toEqual({ kind: 'button' });
  });

  it.each<[string, readonly Lease[], Parameters<typeof planOf>[1], string]>([
    ['there is none', [], {}, 'There is no Lease to change.'],
    ['it is sane', [leaseOf(15)], {}, 'Its duration is sane: 15 s.'],
    ['it says none', [leaseOf(undefined)], {}, 'Its duration is sane'],
    ['somebody renews it', [leaseOf(YEARS, '2026-11-21T09:59:58Z')], {}, 'Somebody renews it: gone leads'],
    ['what resumes cannot be said', [leaseOf(YEARS)], { kubevirts: [] }, 'cannot be said'],
    ['there is no operator', [leaseOf(YEARS)], { operator: [] }, 'cannot be said'],
  ])('is refused if %s', (_, of, more, words) => expect(refusedWith(planOf(of, more))).toContain(words));

  it('is confirmed by what an upgrade that waits does to VMs', () => {
    const operator = deploymentOf({ template: { spec: { containers: [{ name: 'virt-operator', env: [{ name: 'KUBEVIRT_VERSION', value: 'v1.9.0' }] }] } } });
    const strategy = (...workloadUpdateMethods: readonly string[]): KubeVirt => ({ ...kubeVirtOf(), spec: { workloadUpdateStrategy: { workloadUpdateMethods } } });
    const confirmed = (kubevirt: KubeVirt, election = operatorElection) => made(planOf([leaseOf(YEARS)], { operator: [operator], kubevirts: [kubevirt], election })).confirm.kind;
    expect(confirmed(strategy('Evict'))).toBe('typed');
    expect(confirmed(strategy('LiveMigrate'))).toBe('acknowledge');
    expect(confirmed(strategy('Evict'), controllerElection)).toBe('acknowledge');
  });

  it('makes no plan in the dark', async () => expect(await plansInTheDark(noLeadingVirtOperator, shortenLease(operatorElection))).toEqual([]));
});
