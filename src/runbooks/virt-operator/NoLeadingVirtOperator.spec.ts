import { type Cluster } from '../../testing/cluster';
import { healthyCluster } from '../../testing/healthy';
import { leaderMetrics } from '../../testing/leaderMetrics';
import { noLeadingVirtOperator as scenarios } from '../../testing/scenarios/NoLeadingVirtOperator';
import { type RunbookCase, testRunbook } from '../../testing/testRunbook';
import { clusterOf } from '../../testing/world';
import { noLeadingVirtOperator } from './NoLeadingVirtOperator';

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** A row about a world, with the metrics that follow from it. */
const about = (make: () => Cluster, row: Omit<RunbookCase, 'given' | 'metrics'>): RunbookCase => {
  const world = once(make);
  return {
    ...row, given: world,
    get metrics() {
      return leaderMetrics(world());
    },
  };
};

/** A row about a scenario: the world as it is after it has lasted its time. */
const row = (id: string, finds: RunbookCase['finds'], offers: readonly string[], more: Partial<RunbookCase> = {}): RunbookCase => {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error(`There is no scenario ${id}`);
  return about(() => clusterOf(scenario), { finds, offers, cause: scenario.cause ?? null, answer: 'causeFound', ...more });
};

const NAMESPACE = 'openshift-cnv';

/** A program elsewhere writes the lease of virt-operator as its own. */
const intruder = (): Cluster => {
  const cluster = healthyCluster();
  cluster.update('Lease', NAMESPACE, 'virt-operator', (draft) => {
    draft.spec = { ...draft.spec, holderIdentity: 'developer-laptop', renewTime: cluster.now().toISOString() };
  });
  return cluster;
};

testRunbook(noLeadingVirtOperator, {
  'the caches never fill': row('leader-stuck-before-election', { 'leader-ready': 'stuck', 'leader-log': 'cacheNotSynced', 'lease-holder': 'holderGone' }, ['repair-caches', 'check-api-path', 'delete-operator-pod']),
  'the right on leases is gone': row('leader-lease-forbidden', { 'lease-rights': 'missing', 'leader-log': 'forbidden', 'leader-ready': 'reached' }, ['grant-lease', 'open-role-bindings']),
  'a webhook stands in the way': row('leader-lease-webhook', { 'leader-log': 'webhookFails', 'lease-webhooks': 'some', 'lease-webhook-backends': 'noBackend', 'lease-rights': 'allowed' }, ['repair-lease-webhook']),
  'the API server is out of reach': row('leader-api-unreachable', { 'leader-log': 'unreachable', 'lease-holder': 'notRenewed' }, ['check-api-path', 'delete-operator-pod']),
  'leaders come and go': row('leader-flapping', { 'leader-changes': 'flapping', 'leader-lost': 'lost' }, ['calm-election', 'check-api-path', 'delete-operator-pod']),
  'the lease is valid for 68 years': row('leader-abnormal-lease', { 'lease-holder': 'longLease', 'leader-log': 'waiting' }, ['shorten-lease', 'delete-stale-lease']),
  'the leader is not scraped': row('leader-not-scraped', { 'lease-holder': 'renewed', 'leader-scraped': 'notTarget', 'leader-metric': 'noneLeads' }, ['see-targets']),
  'nobody runs and the rule counts that as nobody leading': row('leader-no-candidate-main', { 'leader-candidates': 'none', 'leader-metric': 'noSeries' }, ['open-virt-operator-down'], { form: 'orZero' }),
  'somebody else holds the lease': about(intruder, { cause: 'foreign-holder', finds: { 'lease-holder': 'foreignHolder' }, offers: ['find-holder'], answer: 'causeFound' }),
  'nothing is wrong': about(() => healthyCluster(), { cause: null, firing: false, finds: { 'lease-holder': 'renewed', 'leader-metric': 'oneLeads', 'leader-scraped': 'seen' }, offers: [], answer: 'nothingFoundNotFiring' }),
});
