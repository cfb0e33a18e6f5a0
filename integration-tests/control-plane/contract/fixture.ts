import { type Cluster } from '../../../src/testing/cluster';
import { type UserRule } from '../../../src/testing/types';
import { PLACE, type Ask, type Who, at, deployments, kubevirts, leases, pods } from './case';

const READ = ['get', 'list', 'watch'];

/** Who asks: on the simulator with these rules, on the real server with roles made of them. */
export const USERS: Readonly<Record<Who, { readonly name: string; readonly rules: readonly UserRule[] }>> = {
  admin: { name: 'contract-admin', rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }] },
  reader: { name: 'contract-reader', rules: [
    { verbs: READ, apiGroups: [''], resources: ['pods', 'events'], namespaces: [PLACE] },
    { verbs: READ, apiGroups: ['apps'], resources: ['deployments', 'deployments/scale'], namespaces: [PLACE] },
    { verbs: READ, apiGroups: ['kubevirt.io'], resources: ['virtualmachines'] },
  ] },
  nobody: { name: 'contract-nobody', rules: [] },
};

const IMAGE = 'registry.example.com/nothing:1';

/** A Deployment with pods that no controller makes. */
export const deployment = (name: string, replicas: number, labels: Readonly<Record<string, string>> = {}): unknown => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, labels: { app: name, ...labels } },
  spec: {
    replicas, selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: IMAGE }] } },
  },
});

/** A lease that somebody held in 2026. */
export const lease = (name: string, labels: Readonly<Record<string, string>> = {}): unknown => ({
  apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, labels },
  spec: { holderIdentity: 'somebody', leaseDurationSeconds: 15, leaseTransitions: 3, renewTime: '2026-09-14T08:00:00.000000Z' },
});

/** A pod; on the node of the fixture if it says so. */
export const pod = (name: string, spec: Readonly<Record<string, unknown>> = {}, metadata: Readonly<Record<string, unknown>> = {}): unknown => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata }, spec: { containers: [{ name: 'main', image: IMAGE }], ...spec },
});

export const NODE = 'contract-node';

/** A request that makes an object. */
export const made = (path: string, body: unknown): Ask => ({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body });

const status = (path: string, body: unknown): Ask => ({ method: 'PATCH', path: `${path}/status`, headers: { 'content-type': 'application/merge-patch+json' }, body: { status: body } });

const namespace: Ask = made('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: PLACE, labels: { contract: 'yes' } } });

const event = (name: string, of: string, type: string, reason: string): Ask => made(at('v1', 'events'), {
  apiVersion: 'v1', kind: 'Event', metadata: { name }, type, reason, message: `${reason} it is`, count: 3,
  firstTimestamp: '2026-09-14T07:00:00Z', lastTimestamp: '2026-09-14T08:00:00Z',
  involvedObject: { apiVersion: 'v1', kind: 'Pod', name: of, namespace: PLACE, uid: '0e3f9d1c-7d3b-4d41-9b40-3c1c1f6ad001' }, source: { component: 'kubelet', host: NODE },
});

const crashing = {
  phase: 'Running', podIP: '10.244.0.9', podIPs: [{ ip: '10.244.0.9' }],
  containerStatuses: [{
    name: 'main', image: IMAGE, imageID: '', ready: false, restartCount: 4,
    state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } }, lastState: { terminated: { exitCode: 1, reason: 'Error' } },
  }],
};

const steady = {
  phase: 'Running', podIP: '10.244.0.10', podIPs: [{ ip: '10.244.0.10' }],
  containerStatuses: [{ name: 'main', image: IMAGE, imageID: '', ready: true, started: true, restartCount: 0, state: { running: { startedAt: '2026-09-14T07:00:00Z' } }, lastState: {} }],
};

/** What the containers of the fixture wrote: on the simulator its own logs, on the real server what stands in for the kubelet answers. */
export const writeLogs = (cluster: Cluster): void => {
  const at = (minute: number): Date => new Date(Date.UTC(2026, 8, 14, 7, minute));
  const log = (name: string) => ({ namespace: PLACE, pod: name, container: 'main' });
  cluster.logs.write(log('crashing'), ['starting', 'panic: nothing to do'], at(1));
  cluster.logs.restart(log('crashing'));
  cluster.logs.write(log('steady'), ['one'], at(1));
  cluster.logs.write(log('steady'), ['two', 'three'], at(2));
};

/** Everything that stands in the contract's namespace before its rows are asked, in the order in which it is made. */
export const FIXTURE: readonly Ask[] = [
  namespace,
  made(at('v1', 'serviceaccounts'), { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } }),
  made('/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: NODE }, spec: {} }),
  made(deployments(), deployment('web', 2, { tier: 'front' })),
  made(deployments(), deployment('idle', 0, { tier: 'back' })),
  made(leases(), lease('election', { election: 'yes' })),
  ...['a', 'b', 'c', 'd', 'e'].map((letter) => made(leases(), lease(`page-${letter}`, { page: letter, of: 'pages' }))),
  made(pods(), pod('waiting', {}, { labels: { 'kubevirt.io': 'virt-launcher', state: 'waiting' } })),
  made(pods(), pod('placed', { nodeName: NODE }, { labels: { 'kubevirt.io': 'virt-launcher', state: 'placed' } })),
  made(pods(), pod('twins', { containers: ['first', 'second'].map((name) => ({ name, image: IMAGE })) })),
  made(pods(), pod('over', { nodeName: NODE }, { labels: { state: 'over' } })),
  status(pods('over'), { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' }),
  made(pods(), pod('crashing', { nodeName: NODE })),
  status(pods('crashing'), crashing),
  made(pods(), pod('steady', { nodeName: NODE })),
  status(pods('steady'), steady),
  event('placed.1', 'placed', 'Warning', 'BackOff'),
  event('placed.2', 'placed', 'Normal', 'Pulled'),
  event('waiting.1', 'waiting', 'Warning', 'FailedScheduling'),
  made(kubevirts(), { apiVersion: 'kubevirt.io/v1', kind: 'KubeVirt', metadata: { name: 'kubevirt', labels: { contract: 'yes' } }, spec: { workloadUpdateStrategy: { workloadUpdateMethods: ['LiveMigrate'] } } }),
];
