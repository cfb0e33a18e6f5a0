import { type Cluster } from '../../testing/cluster';
import { type Metrics, diagnose, doorTo } from '../../testing/door';
import { podsOf } from '../../testing/faults';
import { healthyCluster } from '../../testing/healthy';
import { scenarios } from '../../testing/scenarios';
import { testRunbook } from '../../testing/testRunbook';
import { clusterAdmin, nobody } from '../../testing/users';
import { clusterOf } from '../../testing/world';
import { virtOperatorDown } from './VirtOperatorDown';

const faults = scenarios.filter(({ alert, cause }) => alert === 'VirtOperatorDown' && cause !== undefined);
const made = new Map<string, Cluster>();

/** The world of a scenario; a diagnosis only reads, so it is made once. */
const world = (id: string) => (): Cluster => {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error(`There is no scenario ${id}`);
  const cluster = made.get(id) ?? clusterOf(scenario);
  made.set(id, cluster);
  return cluster;
};

/** Faults that leave the pods in the phase Running: what they write last, and what their containers say of themselves. */
const ill = (lastWords: string | undefined): Cluster => {
  const cluster = healthyCluster();
  for (const { metadata: { name, namespace } } of podsOf(cluster, 'virt-operator')) {
    const container = { namespace: namespace ?? '', pod: name, container: 'virt-operator' };
    if (lastWords !== undefined) {
      cluster.logs.write(container, [lastWords]);
      cluster.logs.restart(container);
    }
    const ended = { exitCode: 2, reason: 'Error', finishedAt: cluster.now().toISOString() };
    cluster.update('Pod', namespace, name, ({ status }) => {
      status.conditions = status.conditions?.map((one) => (/Ready$/.test(one.type) ? { ...one, status: 'False', reason: 'ContainersNotReady' } : one));
      status.containerStatuses = status.containerStatuses?.map((one) => ({ ...one, ready: false }));
      if (lastWords === undefined) return;
      status.containerStatuses = status.containerStatuses?.map((one) => ({ ...one, ready: false, restartCount: 9, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: ended } }));
    });
  }
  return cluster;
};

/** What Prometheus answers about pods: how many of virt-operator run, and how many it reaches. */
const counting = (running: number, up = running): Metrics => [
  [/^count\(kube_pod_status_phase\{.*phase="Running"\} == 1\)/, running === 0 ? 'none' : running],
  [/^count\(kube_pod_status_phase\{namespace="[^"]*"\}\)/, 400],
  [/^sum\(up\{job="kube-state-metrics"\}\)/, 1],
  [/^sum\(up\{namespace=/, up === 0 ? 'none' : up],
];
const none = counting(0);

testRunbook(virtOperatorDown, {
  'somebody scaled it to zero': {
    given: world('operator-scaled-to-zero'), metrics: none,
    finds: { installed: 'found', 'desired-replicas': 'scaledToZero', 'pods-created': 'noneWanted', 'pods-running': 'noPods', 'rule-sees': 'noneRunning', installation: 'succeeded', upgrade: 'none' },
    cause: 'scaled-to-zero', offers: ['scale-back', 'find-who-scaled'], answer: 'causeFound',
  },
  'its Deployment is gone and OLM cannot bring it back': {
    given: world('operator-deployment-absent'), metrics: none,
    finds: { 'desired-replicas': 'absent', installation: 'failed', 'pods-created': 'noDeployment' }, cause: 'deployment-absent', offers: ['see-installation', 'wake-olm'],
  },
  'its priority class is gone': {
    given: world('operator-rejected-priority-class'), metrics: none, finds: { 'pods-created': 'priorityClass', 'pods-running': 'noPods' },
    cause: 'creation-rejected-priority-class', offers: ['create-priority-class'],
  },
  'a quota is used up': {
    given: world('operator-rejected-quota'), metrics: none, finds: { 'pods-created': 'quota' }, cause: 'creation-rejected-quota', offers: ['lift-quota'],
  },
  'an admission webhook does not answer': {
    given: world('operator-rejected-webhook'), metrics: none, finds: { 'pods-created': 'webhookDown' }, cause: 'creation-rejected-webhook', offers: ['repair-webhook'],
  },
  'its image cannot be pulled': {
    given: world('operator-image-pull'), metrics: none, finds: { 'pods-running': 'imagePull', 'registry-answer': 'unauthorized' },
    cause: 'image-pull', offers: ['correct-pull-secret', 'pull-by-hand'],
  },
  'the control plane has no CPU left': {
    given: world('operator-unschedulable-cpu'), metrics: none, finds: { 'pods-running': 'unschedulable', placement: 'cpu' }, cause: 'unschedulable-room', offers: ['make-room'],
  },
  'somebody tainted the control plane': {
    given: world('operator-unschedulable-taint'), metrics: none, finds: { placement: 'taint' }, cause: 'unschedulable-taint', offers: ['remove-taint'],
  },
  'no node has the role': {
    given: world('operator-unschedulable-selector'), metrics: none, finds: { placement: 'selector', 'nodes-healthy': 'noHost' }, cause: 'unschedulable-selector', offers: ['restore-node-labels'],
  },
  'the control plane is cordoned': {
    given: world('operator-unschedulable-cordon'), metrics: none, finds: { placement: 'cordoned', 'nodes-healthy': 'hostsCordoned' }, cause: 'unschedulable-cordon', offers: ['uncordon-node'],
  },
  'its pods are evicted again and again': {
    given: world('operator-pods-failed'), metrics: none, finds: { 'pods-running': 'failed' }, cause: 'pods-failed',
  },
  'the control plane is gone': {
    given: world('operator-nodes-not-ready'), metrics: none, finds: { placement: 'nodeTrouble', 'nodes-healthy': 'hostsDown' }, cause: 'nodes-not-ready', offers: ['repair-node'],
  },
  'kube-state-metrics is gone': {
    given: world('operator-series-missing'), metrics: [], finds: { 'pods-running': 'allRunning', 'rule-sees': 'seriesMissing' },
    cause: 'series-missing', offers: ['repair-kube-state-metrics', 'see-targets'], answer: 'causeFound',
  },
  'an older rule takes a failed scrape for no pod': {
    given: () => healthyCluster(), metrics: counting(2, 0), form: 'scraped', finds: { 'rule-sees': 'notScraped' }, cause: 'scrape-failing', offers: ['see-targets'], answer: 'causeFound',
  },
  'its pods crash, which does not raise the newer rule': {
    given: () => ill('panic: runtime error: invalid memory address or nil pointer dereference'), metrics: counting(2, 0),
    finds: { 'pods-running': 'crashLoop', crashes: 'panic' }, cause: 'crash-loop', answer: 'problemFound',
  },
  'its pods crash, which raises the older rule': {
    given: () => ill('dial tcp 172.30.0.1:443: connect: connection refused'), metrics: counting(0), form: 'scraped', labels: { severity: 'critical' },
    finds: { crashes: 'apiUnreachable' }, cause: 'crash-loop', answer: 'causeFound',
  },
  'its pods run and do not answer their probe': {
    given: () => ill(undefined), metrics: counting(2), finds: { 'pods-running': 'notReady' }, cause: 'failing-probe', offers: ['delete-operator-pod', 'read-last-words'],
  },
  'they came back by themselves': {
    given: () => healthyCluster(), metrics: counting(2), finds: { 'pods-running': 'allRunning', 'rule-sees': 'counted', 'nodes-healthy': 'healthy' },
    cause: null, offers: [], answer: 'nothingFoundFiring',
  },
  'nothing is wrong and nothing fires': { given: () => healthyCluster(), metrics: counting(2), firing: false, cause: null, offers: [], answer: 'nothingFoundNotFiring' },
  'nobody may look': { given: world('operator-scaled-to-zero'), user: nobody, cause: null, offers: [], answer: 'couldNotTell' },
  'virtualization is gone': { given: world('not-installed'), metrics: none, finds: { installed: 'notServed' }, cause: null, offers: [], answer: 'problemFound' },
  'there are two KubeVirt objects': { given: world('two-kubevirts'), metrics: none, finds: { installed: 'several' }, cause: 'scaled-to-zero' },
});

describe('what it offers', () => {
  it.each(faults.map(({ id }) => id))('has every name filled in when the fault is %s', async (id) => {
    const cluster = world(id)();
    const transport = doorTo({ cluster, user: clusterAdmin, rules: [], metrics: none });
    const { mitigations } = (await diagnose(virtOperatorDown, {}, transport, cluster.now().getTime())).report();
    const offered = mitigations.filter(({ supportedBy, always }) => supportedBy.length > 0 || always);
    expect(offered.map(({ mitigation }) => mitigation)).toEqual(expect.arrayContaining(['support-case', 'silence']));
    expect(offered.flatMap(({ mitigation, commands }) => commands.flatMap(({ open, text }) => (open.length > 0 ? [`${mitigation}: ${text}`] : [])))).toEqual([]);
  });
});
