import { type Cluster } from '../../testing/cluster';
import { cutOff, restoreLease } from '../../testing/electionFaults';
import { podsOf, scaleDeployment } from '../../testing/faults';
import { healthyCluster } from '../../testing/healthy';
import { leaderMetrics } from '../../testing/leaderMetrics';
import { noLeadingVirtController as scenarios } from '../../testing/scenarios/NoLeadingVirtController';
import { type RunbookCase, testRunbook } from '../../testing/testRunbook';
import { clusterOf } from '../../testing/world';
import { noLeadingVirtController } from './NoLeadingVirtController';

const CONTROLLER = 'virt-controller';
const NAMESPACE = 'openshift-cnv';

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** A row about a world, with the metrics that follow from it. */
const about = (make: () => Cluster, row: Omit<RunbookCase, 'given' | 'metrics'>): RunbookCase => {
  const world = once(make);
  return {
    answer: 'causeFound', ...row, given: world,
    get metrics() {
      return leaderMetrics(world(), CONTROLLER);
    },
  };
};

/** A row about a scenario: the world as it is after it has lasted its time. */
const row = (id: string, finds: RunbookCase['finds'], offers: readonly string[]): RunbookCase => {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error(`There is no scenario ${id}`);
  return about(() => clusterOf(scenario), { finds, offers, cause: scenario.cause ?? null });
};

/** A row about a fault that has lasted 23 minutes. */
const after = (apply: (cluster: Cluster) => void, more: Omit<RunbookCase, 'given' | 'metrics'>): RunbookCase => about(() => clusterOf({ sinceMinutes: 23, apply }), more);

/** The pods run, serve nothing, and say that they cannot read KubeVirt objects: what the program does before it takes part. */
const mute = (): Cluster => {
  const cluster = healthyCluster();
  const at = new Date(cluster.now().getTime() - 23 * 60_000).toISOString();
  const line = `E1121 06:05:01.123456       1 reflector.go:205] "Failed to watch" err="failed to list *v1.KubeVirt: the server could not find the requested resource (get kubevirts.kubevirt.io)" logger="UnhandledError" reflector="pkg/controller/virtinformers.go:383" type="*v1.KubeVirt"`;
  for (const { metadata: { name } } of podsOf(cluster, CONTROLLER)) {
    cluster.update('Pod', NAMESPACE, name, ({ metadata, status }) => {
      // Nothing answers the scrape either.
      metadata.labels = Object.fromEntries(Object.entries(metadata.labels ?? {}).filter(([key]) => key !== 'prometheus.kubevirt.io'));
      status.conditions = status.conditions?.map((one) => (one.type === 'Ready' ? { ...one, status: 'False', reason: 'ContainersNotReady', lastTransitionTime: at } : one));
      status.containerStatuses = status.containerStatuses?.map((one) => ({ ...one, ready: false, restartCount: 7 }));
    });
    cluster.logs.write({ namespace: NAMESPACE, pod: name, container: CONTROLLER }, [line]);
  }
  cluster.update('Lease', NAMESPACE, CONTROLLER, (draft) => {
    draft.spec = { ...draft.spec, holderIdentity: 'virt-controller-gone', renewTime: at };
  });
  return cluster;
};

/** A program elsewhere writes the lease of virt-controller as its own. */
const intruder = (): Cluster => {
  const cluster = healthyCluster();
  cluster.update('Lease', NAMESPACE, CONTROLLER, (draft) => {
    draft.spec = { ...draft.spec, holderIdentity: 'developer-laptop', renewTime: cluster.now().toISOString() };
  });
  return cluster;
};

testRunbook(noLeadingVirtController, {
  'the right on leases is gone': row('controller-lease-forbidden', { 'lease-rights': 'missing', 'leader-log': 'forbidden', 'leader-ready': 'reached' }, ['grant-lease', 'open-role-bindings']),
  'a webhook stands in the way': row('controller-lease-webhook', { 'leader-log': 'webhookFails', 'lease-webhooks': 'some', 'lease-webhook-backends': 'noBackend' }, ['repair-lease-webhook']),
  'the leader may not read claims': row('controller-idle-leader', { 'lease-holder': 'renewed', 'leader-scraped': 'idle', 'leader-log': 'leaderCacheNotSynced', 'leader-metric': 'noneLeads' }, ['repair-leader-caches', 'delete-operator-pod']),
  'leaders come and go': row('controller-flapping', { 'leader-changes': 'flapping', 'leader-lost': 'lost' }, ['calm-election', 'check-api-path', 'delete-operator-pod']),
  'the leader is not scraped': row('controller-not-scraped', { 'lease-holder': 'renewed', 'leader-scraped': 'notTarget', 'leader-metric': 'noneLeads' }, ['see-targets']),
  'the caches never fill': about(mute, { cause: 'stuck-before-election', finds: { 'leader-ready': 'stuck', 'leader-log': 'cacheNotSynced', 'leader-metric': 'noSeries' }, offers: ['repair-caches', 'check-api-path', 'delete-operator-pod'] }),
  'the API server is out of reach': after((cluster) => cutOff(cluster, CONTROLLER), { cause: 'api-unreachable', finds: { 'leader-log': 'unreachable', 'lease-holder': 'notRenewed' }, offers: ['check-api-path', 'delete-operator-pod'] }),
  'the lease is valid for 68 years': after((cluster) => restoreLease(cluster, CONTROLLER), { cause: 'abnormal-lease', finds: { 'lease-holder': 'longLease' }, offers: ['shorten-lease', 'delete-lease-by-hand'] }),
  'nobody runs': after((cluster) => scaleDeployment(cluster, CONTROLLER, 0), { cause: 'no-candidate', finds: { 'leader-candidates': 'none', 'leader-metric': 'noSeries' }, offers: ['open-virt-controller-down'] }),
  'somebody else holds the lease': about(intruder, { cause: 'foreign-holder', finds: { 'lease-holder': 'foreignHolder' }, offers: ['find-holder'] }),
  'nothing is wrong': about(() => healthyCluster(), { cause: null, firing: false, finds: { 'lease-holder': 'renewed', 'leader-metric': 'oneLeads', 'leader-scraped': 'seen' }, offers: [], answer: 'nothingFoundNotFiring' }),
});
