import { ask } from './asking';
import type { Cluster } from './cluster';
import { settle } from './controllers';
import { scaleDeployment } from './faults';
import { healthyCluster } from './healthy';
import type { KubeObject } from './types';
import { namespaceAdmin } from './users';

const NAMESPACE = 'web-shop';
const vm = (cluster: Cluster): KubeObject => cluster.need('VirtualMachine', NAMESPACE, 'mailer');
const vmi = (cluster: Cluster) => cluster.need('VirtualMachineInstance', NAMESPACE, 'mailer');
const spec = (cluster: Cluster) => vm(cluster)['spec'] as { runStrategy: string };
const path = (plural: 'virtualmachines' | 'virtualmachineinstances', call: string, name = 'mailer') => `/apis/subresources.kubevirt.io/v1/namespaces/${NAMESPACE}/${plural}/${name}/${call}`;
const put = (cluster: Cluster, at: string, body: object = {}, user?: typeof namespaceAdmin) => ask(cluster, at, { method: 'PUT', body, ...(user ? { user } : {}) });
const strategy = (cluster: Cluster, runStrategy: string): void => {
  cluster.update('VirtualMachine', NAMESPACE, 'mailer', (draft) => {
    (draft['spec'] as { runStrategy: string }).runStrategy = runStrategy;
  });
};

describe('calls upon a virtual machine', () => {
  it('restart it: another instance runs, and nothing else does', () => {
    const cluster = healthyCluster();
    const { uid } = vmi(cluster).metadata;
    expect(put(cluster, path('virtualmachines', 'restart'), {})).toMatchObject({ status: 202, body: '' });
    expect(put(cluster, path('virtualmachines', 'restart'), {})).toMatchObject({ status: 500, json: { message: 'Internal error occurred: unable to complete request: stop/start already underway' } });
    settle(cluster);
    expect(vmi(cluster).metadata.uid).not.toBe(uid);
    expect(spec(cluster).runStrategy).toBe('Always');
  });

  it('stop it, and start it again as Always', () => {
    const cluster = healthyCluster();
    expect(put(cluster, path('virtualmachines', 'stop')).status).toBe(202);
    settle(cluster);
    expect(spec(cluster).runStrategy).toBe('Halted');
    expect(cluster.get('VirtualMachineInstance', NAMESPACE, 'mailer')).toBeUndefined();
    expect(put(cluster, path('virtualmachines', 'stop'))).toMatchObject({ status: 409, json: { message: 'Operation cannot be fulfilled on virtualmachine.kubevirt.io "mailer": VM is not running' } });
    expect(put(cluster, path('virtualmachines', 'restart'))).toMatchObject({ status: 409 });
    expect(put(cluster, path('virtualmachines', 'start')).status).toBe(202);
    settle(cluster);
    expect(spec(cluster).runStrategy).toBe('Always');
    expect(vmi(cluster).status.phase).toBe('Running');
  });

  it('do nothing in a dry run that stands in the body, and everything in one that stands in the query', () => {
    const cluster = healthyCluster();
    const before = cluster.resourceVersion;
    for (const call of ['stop', 'restart']) expect(put(cluster, path('virtualmachines', call), { dryRun: ['All'] }).status).toBe(202);
    expect(put(cluster, path('virtualmachineinstances', 'pause'), { dryRun: ['All'] }).status).toBe(200);
    expect(cluster.resourceVersion).toBe(before);
    expect(put(cluster, `${path('virtualmachines', 'stop')}?dryRun=All`).status).toBe(202);
    expect(cluster.resourceVersion).not.toBe(before);
  });

  it.each([
    ['start', 'Manual', /VM is already running/], ['stop', 'Halted', /Halted only supports manual stop requests with a shorter graceperiod/],
    ['restart', 'Once', /RunStategy Once does not support manual restart requests/],
  ])('refuse to %s what is %s', (call, runStrategy, message) => {
    const cluster = healthyCluster();
    strategy(cluster, runStrategy);
    const reply = put(cluster, path('virtualmachines', call));
    expect(reply.status).toBe(409);
    expect((reply.json as { message: string }).message).toMatch(message);
  });

  it('pause and unpause it', () => {
    const cluster = healthyCluster();
    expect(put(cluster, path('virtualmachineinstances', 'unpause'))).toMatchObject({ status: 409, json: { message: 'Operation cannot be fulfilled on virtualmachineinstance.kubevirt.io "mailer": VMI is not paused' } });
    expect(put(cluster, path('virtualmachineinstances', 'pause')).status).toBe(200);
    expect(put(cluster, path('virtualmachineinstances', 'pause'))).toMatchObject({ status: 409, json: { message: 'Operation cannot be fulfilled on virtualmachineinstance.kubevirt.io "mailer": VMI is already paused' } });
    expect(put(cluster, path('virtualmachineinstances', 'unpause')).status).toBe(200);
    expect(vmi(cluster).status.conditions?.some(({ type }) => type === 'Paused')).toBe(false);
  });

  it('cancel an evacuation, but of the node that is named alone', () => {
    const cluster = healthyCluster();
    cluster.update('VirtualMachineInstance', NAMESPACE, 'mailer', (draft) => {
      draft.status['evacuationNodeName'] = 'worker-1';
    });
    const cancel = path('virtualmachineinstances', 'evacuate/cancel');
    expect(put(cluster, cancel, {})).toMatchObject({ status: 500, json: { message: 'Internal error occurred: the server rejected our request due to an error in our request' } });
    expect(put(cluster, cancel, { evacuationNodeName: 'worker-1', dryRun: ['All'] }).status).toBe(200);
    expect(vmi(cluster).status['evacuationNodeName']).toBe('worker-1');
    expect(put(cluster, cancel, { evacuationNodeName: 'worker-1' }).status).toBe(200);
    expect(vmi(cluster).status['evacuationNodeName']).toBeUndefined();
  });

  it('need rights of the API server and of virt-api', () => {
    const cluster = healthyCluster();
    expect(put(cluster, path('virtualmachines', 'restart'), {}, namespaceAdmin).status).toBe(202);
    const cancel = path('virtualmachineinstances', 'evacuate/cancel');
    expect(put(cluster, cancel, {}, namespaceAdmin)).toMatchObject({
      status: 403, json: { message: 'virtualmachineinstances.subresources.kubevirt.io "mailer" is forbidden: User "shop-owner" cannot update resource "virtualmachineinstances/evacuate" in API group "subresources.kubevirt.io" in the namespace "web-shop"' },
    });
    const half = { ...namespaceAdmin, rules: [{ verbs: ['update'], apiGroups: ['subresources.kubevirt.io'], resources: ['virtualmachineinstances/evacuate'] }] };
    expect(put(cluster, cancel, {}, half).status).toBe(401);
  });

  it('find nothing that is not there, and nobody without virt-api', () => {
    const cluster = healthyCluster();
    expect(put(cluster, path('virtualmachines', 'start', 'no-such'))).toMatchObject({ status: 404, json: { message: 'virtualmachine.kubevirt.io "no-such" not found' } });
    expect(put(cluster, path('virtualmachines', 'explode')).status).toBe(404);
    scaleDeployment(cluster, 'virt-api', 0);
    settle(cluster);
    expect(put(cluster, path('virtualmachines', 'stop'))).toMatchObject({ status: 503 });
  });
});

describe('migrations', () => {
  const create = (cluster: Cluster, name: string, vmiName: string, more = '') =>
    ask(cluster, `/apis/kubevirt.io/v1/namespaces/${NAMESPACE}/virtualmachineinstancemigrations${more}`, {
      method: 'POST', body: { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachineInstanceMigration', metadata: { name, namespace: NAMESPACE }, spec: { vmiName } },
    });

  it('are created with what virt-api adds, once at a time', () => {
    const cluster = healthyCluster();
    const before = cluster.resourceVersion;
    expect(create(cluster, 'a', 'mailer', '?dryRun=All').status).toBe(201);
    expect(cluster.resourceVersion).toBe(before);
    expect(create(cluster, 'a', 'mailer')).toMatchObject({ status: 201, json: { metadata: { labels: { 'kubevirt.io/vmi-name': 'mailer' }, finalizers: ['kubevirt.io/migrationJobFinalize'] } } });
    expect(create(cluster, 'a', 'search').status).toBe(409);
    const reply = create(cluster, 'b', 'mailer');
    expect(reply.status).toBe(400);
    expect((reply.json as { message: string }).message).toMatch(/^admission webhook "migration-create-validator\.kubevirt\.io" denied the request: in-flight migration detected\./);
  });

  it('are refused for what cannot move, or is not there', () => {
    const cluster = healthyCluster();
    cluster.update('VirtualMachineInstance', NAMESPACE, 'mailer', (draft) => {
      draft.status.conditions = [{ type: 'LiveMigratable', status: 'False', reason: 'DisksNotLiveMigratable', message: 'not shared' }];
    });
    expect(create(cluster, 'a', 'mailer')).toMatchObject({ status: 400, json: { message: 'admission webhook "migration-create-validator.kubevirt.io" denied the request: Cannot migrate VMI, Reason: DisksNotLiveMigratable, Message: not shared' } });
    expect(create(cluster, 'a', 'no-such')).toMatchObject({ status: 400, json: { message: 'admission webhook "migration-create-validator.kubevirt.io" denied the request: the VMI "web-shop/no-such" does not exist' } });
  });
});

describe('evictions', () => {
  const evict = (cluster: Cluster, pod: KubeObject, deleteOptions: object = {}) => ask(cluster, `/api/v1/namespaces/${pod.metadata.namespace ?? ''}/pods/${pod.metadata.name}/eviction`, {
    method: 'POST', body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod.metadata.name, namespace: pod.metadata.namespace }, deleteOptions },
  });
  const pods = (cluster: Cluster) => cluster.list('Pod', 'openshift-cnv').filter(({ metadata }) => metadata.labels?.['kubevirt.io'] === 'virt-api');
  const budget = (cluster: Cluster, minAvailable: number): void => {
    cluster.create({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'virt-api-pdb', namespace: 'openshift-cnv' }, spec: { minAvailable, selector: { matchLabels: { 'kubevirt.io': 'virt-api' } } } });
  };

  it('keep disruption budgets', () => {
    const cluster = healthyCluster();
    budget(cluster, 2);
    const [pod] = pods(cluster);
    if (!pod) throw new Error('There is no pod.');
    expect(evict(cluster, pod)).toMatchObject({
      status: 429, json: { reason: 'TooManyRequests', message: "Cannot evict pod as it would violate the pod's disruption budget.", details: { causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget virt-api-pdb needs 2 healthy pods and has 2 currently' }] } },
    });
    cluster.remove('PodDisruptionBudget', 'openshift-cnv', 'virt-api-pdb');
    budget(cluster, 1);
    expect(evict(cluster, pod, { preconditions: { uid: 'other' } }).status).toBe(409);
    expect(evict(cluster, pod, { dryRun: ['All'] })).toMatchObject({ status: 201, json: { status: 'Success' } });
    expect(pods(cluster).filter(({ metadata }) => metadata.deletionTimestamp)).toEqual([]);
    expect(evict(cluster, pod, { preconditions: { uid: pod.metadata.uid } }).status).toBe(201);
    expect(cluster.get('Pod', 'openshift-cnv', pod.metadata.name)?.metadata.deletionTimestamp).toBeDefined();
  });

  it('never take a launcher: its instance is marked to leave, and in a dry run not even that', () => {
    const cluster = healthyCluster();
    const launcher = cluster.list('Pod', NAMESPACE).find(({ metadata }) => metadata.annotations?.['kubevirt.io/domain'] === 'mailer');
    if (!launcher) throw new Error('There is no launcher.');
    const denied = { status: 429, json: { message: 'admission webhook "virt-launcher-eviction-interceptor.kubevirt.io" denied the request: Eviction triggered evacuation of VMI "web-shop/mailer"' } };
    expect(evict(cluster, launcher, { dryRun: ['All'] })).toMatchObject(denied);
    expect(vmi(cluster).status['evacuationNodeName']).toBeUndefined();
    expect(evict(cluster, launcher)).toMatchObject(denied);
    expect(vmi(cluster).status['evacuationNodeName']).toBe(launcher.spec.nodeName);
  });
});
