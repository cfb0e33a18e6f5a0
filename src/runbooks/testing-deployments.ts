import { type Cluster } from '../testing/cluster';
import {
  type Component, addUnknownFlag, breakPodAdmission, cordonAll, editToZero, evictForever, fillQuota, limitMemory, loseImage, loseNodes, losePriorityClass, loseRoles, reserveNodes,
  takeAllCpu,
} from '../testing/deploymentFaults';
import { editDeployment } from '../testing/faults';
import { healthyCluster } from '../testing/healthy';
import { scenarios } from '../testing/scenarios';
import { type RunbookCase } from '../testing/testRunbook';
import { nobody } from '../testing/users';
import { workloadMetrics } from '../testing/workloadMetrics';
import { clusterOf } from '../testing/world';

type Rows = Readonly<Record<string, RunbookCase>>;
type Expected = Omit<RunbookCase, 'given' | 'metrics'>;

/** Minutes that a fault has lasted. */
const LASTED = 23;

const made = new Map<string, Cluster>();
const once = (id: string, make: () => Cluster): Cluster => {
  const cluster = made.get(id) ?? make();
  made.set(id, cluster);
  return cluster;
};

/** A row about a world: what Prometheus answers is counted in it. A diagnosis only reads, so each world is made once. */
const about = (component: Component, id: string, make: () => Cluster, expected: Expected): RunbookCase => ({
  ...expected, given: () => once(id, make),
  get metrics() {
    return workloadMetrics(once(id, make), component);
  },
});

/** A row about a fault that has lasted for a while. */
export const afterFault = (component: Component, id: string, apply: (cluster: Cluster) => void, expected: Expected): RunbookCase =>
  about(component, id, () => clusterOf({ sinceMinutes: LASTED, apply }), expected);

/** A row about a healthy world in which something was changed that no controller has seen. */
export const afterEdit = (component: Component, id: string, edit: (cluster: Cluster) => void, expected: Expected): RunbookCase =>
  about(component, id, () => {
    const cluster = healthyCluster();
    edit(cluster);
    return cluster;
  }, expected);

/** A row about a scenario: its cause, and no other. */
export const ofScenario = (component: Component, id: string, expected: Partial<Expected>): RunbookCase => {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error(`There is no scenario ${id}`);
  return about(component, id, () => clusterOf(scenario), { cause: scenario.cause ?? null, answer: 'causeFound', ...expected });
};

const kept = (component: Component, answer: RunbookCase['answer']) => {
  const row = (id: string, apply: (cluster: Cluster, component: Component) => void, cause: string, finds: RunbookCase['finds']): RunbookCase =>
    afterFault(component, id, (cluster) => apply(cluster, component), { cause, finds, answer });
  return {
    'its priority class is gone': row('priority-class', losePriorityClass, 'creation-rejected-priority-class', { 'pods-created': 'priorityClass', 'pods-running': 'noPods' }),
    'a quota is used up': row('quota', fillQuota, 'creation-rejected-quota', { 'pods-created': 'quota' }),
    'an admission webhook does not answer': row('webhook', breakPodAdmission, 'creation-rejected-webhook', { 'pods-created': 'webhookDown' }),
    'its image cannot be pulled': row('image', loseImage, 'image-pull', { 'registry-answer': 'unauthorized', 'pods-running': 'imagePull' }),
    'the control plane has no CPU left': row('cpu', takeAllCpu, 'unschedulable-room', { placement: 'cpu' }),
    'somebody tainted the control plane': row('taint', reserveNodes, 'unschedulable-taint', { placement: 'taint' }),
    'no node has the role': row('roles', loseRoles, 'unschedulable-selector', { placement: 'selector', 'nodes-healthy': 'noHost' }),
    'the control plane is cordoned': row('cordon', cordonAll, 'unschedulable-cordon', { placement: 'cordoned' }),
    'its pods are evicted again and again': row('evicted', evictForever, 'pods-failed', { 'pods-running': 'failed' }),
    'the control plane is gone': row('nodes', loseNodes, 'nodes-not-ready', { 'nodes-healthy': 'hostsDown' }),
  };
};

/** What keeps pods from running, one row for each cause. `answer`: whether that can raise the alert. */
export const keptFromRunningRows = (component: Component, answer: RunbookCase['answer']): Rows => kept(component, answer);

/** Some of them, for an alert whose siblings show the others with the same steps and causes. */
export const someKeptFromRunningRows = (component: Component, answer: RunbookCase['answer']): Rows => {
  const rows = kept(component, answer);
  const chosen = ['a quota is used up', 'its image cannot be pulled', 'the control plane is cordoned'] as const;
  return Object.fromEntries(chosen.map((title) => [title, rows[title]]));
};

/** What ends the program again and again, in all pods or in one. */
export const keepsEndingRows = (component: Component, which: 'all' | 'one', answer: RunbookCase['answer'], form?: string): Rows => ({
  'it ends as soon as it starts': afterFault(component, `flag-${which}`, (cluster) => addUnknownFlag(cluster, component, which), {
    cause: 'crash-loop', answer, finds: { crashes: 'exited', 'pods-running': 'crashLoop', rollout: 'stuck' }, offers: ['await-rollout', 'delete-operator-pod', 'read-last-words'], ...(form ? { form } : {}),
  }),
  'it runs out of memory': afterFault(component, `memory-${which}`, (cluster) => limitMemory(cluster, component, which), {
    cause: 'out-of-memory', answer, finds: { crashes: 'outOfMemory', 'pods-running': 'crashLoop' }, ...(form ? { form } : {}),
  }),
});

const moveRollout = (component: Component) => (cluster: Cluster): void => {
  cluster.update('Deployment', 'openshift-cnv', component, ({ status }) => {
    status.updatedReplicas = 1;
    status.conditions = status.conditions?.map((one) => (one.type === 'Progressing' ? { ...one, reason: 'ReplicaSetUpdated', message: 'ReplicaSet is progressing.' } : one));
  });
};

/** What every one of these runbooks must get right, whatever its rule. */
export const commonRows = (component: Component): Rows => ({
  'a rollout moves': afterEdit(component, 'rollout', moveRollout(component), { cause: 'rollout-running', finds: { rollout: 'rolling' }, answer: 'causeFound', offers: ['await-rollout'] }),
  'it came back by itself': afterEdit(component, 'healthy', () => undefined, {
    cause: null, offers: [], answer: 'nothingFoundFiring', finds: { 'pods-running': 'allRunning', 'pod-signals': 'agree', 'exporter-reports': 'reports', rollout: 'done' },
  }),
  'nothing is wrong and nothing fires': afterEdit(component, 'healthy', () => undefined, { cause: null, firing: false, offers: [], answer: 'nothingFoundNotFiring' }),
  'nobody may look': afterFault(component, 'zero', (cluster) => editToZero(cluster, component), { user: nobody, cause: null, offers: [], answer: 'couldNotTell' }),
});

/** Somebody scaled the component to 0; `answer`: whether that can raise the alert. */
export const zeroRow = (component: Component, answer: RunbookCase['answer'], form?: string): Rows => ({
  'somebody scaled it to zero': afterFault(component, 'zero', (cluster) => editToZero(cluster, component), {
    cause: 'scaled-to-zero', answer, finds: { 'desired-replicas': 'scaledToZero', 'pods-created': 'noneWanted' }, ...(form ? { form } : {}),
  }),
});

/** False alarm: kube-state-metrics is gone; `answer`: whether that can raise the alert. */
export const exporterRow = (component: Component, answer: RunbookCase['answer'], form?: string): Rows => ({
  'kube-state-metrics is gone': afterFault(component, 'exporter', (cluster) => {
    cluster.scrapes['kube-state-metrics'] = false;
  }, { cause: 'series-missing', answer, finds: { 'exporter-reports': 'gone', 'rule-sees': 'seriesMissing' }, offers: ['repair-kube-state-metrics', 'see-targets'], ...(form ? { form } : {}) }),
});

/** False alarm: Prometheus does not reach the pods; `answer`: whether that can raise the alert. */
export const unscrapedRow = (component: Component, answer: RunbookCase['answer'], form?: string): Rows => ({
  'its scrape fails': afterFault(component, 'scrape', (cluster) => {
    cluster.scrapes[component] = false;
  }, { cause: 'ready-not-scraped', answer, finds: { 'pod-signals': 'notScraped' }, offers: ['see-targets'], ...(form ? { form } : {}) }),
});

/** The KubeVirt object asks for one pod of each component, as HCO does on a single node. */
export const askForOne = (cluster: Cluster): void => {
  const [kubevirt] = cluster.list('KubeVirt');
  if (kubevirt) cluster.replace({ ...kubevirt, spec: { ...(kubevirt['spec'] as object), infra: { replicas: 1 } } });
  for (const component of ['virt-api', 'virt-controller']) editDeployment(cluster, component, { manager: 'virt-operator' }, (spec) => {
    spec.replicas = 1;
  });
};
