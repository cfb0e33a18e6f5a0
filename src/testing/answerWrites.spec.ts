import { ask, jsonPatch } from './asking';
import { settle } from './controllers';
import { deletePods, scaleDeployment } from './faults';
import { healthyCluster } from './healthy';
import { clusterReader } from './users';

const DEPLOYMENT = '/apis/apps/v1/namespaces/openshift-cnv/deployments/virt-operator';
const replicas = (cluster: ReturnType<typeof healthyCluster>): number => cluster.need('Deployment', 'openshift-cnv', 'virt-operator').spec.replicas;

describe('JSON patch', () => {
  it('applies what it can test', () => {
    const cluster = healthyCluster();
    const reply = ask(cluster, DEPLOYMENT, jsonPatch([{ op: 'test', path: '/spec/replicas', value: 2 }, { op: 'replace', path: '/spec/replicas', value: 3 }]));
    expect(reply).toMatchObject({ status: 200, json: { spec: { replicas: 3 }, metadata: { generation: 2 } } });
  });

  it.each([
    ['a test fails', [{ op: 'test', path: '/spec/replicas', value: 7 }]],
    ['a path is missing', [{ op: 'replace', path: '/spec/nothing', value: 7 }]],
  ])('says 422 and no more when %s', (_, operations) => {
    expect(ask(healthyCluster(), DEPLOYMENT, jsonPatch(operations))).toMatchObject({ status: 422, json: { reason: 'Invalid', message: 'the server rejected our request due to an error in our request' } });
  });

  it('says 409 for a resourceVersion that has passed, and 422 for another uid', () => {
    const cluster = healthyCluster();
    expect(ask(cluster, DEPLOYMENT, jsonPatch([{ op: 'replace', path: '/metadata/resourceVersion', value: '1' }]))).toMatchObject({
      status: 409,
      json: { reason: 'Conflict', message: 'Operation cannot be fulfilled on deployments.apps "virt-operator": the object has been modified; please apply your changes to the latest version and try again' },
    });
    expect(ask(cluster, DEPLOYMENT, jsonPatch([{ op: 'replace', path: '/metadata/uid', value: 'other' }])).status).toBe(422);
  });

  it('leaves the status of the main resource alone', () => {
    const cluster = healthyCluster();
    ask(cluster, DEPLOYMENT, jsonPatch([{ op: 'replace', path: '/status/replicas', value: 77 }]));
    expect(cluster.need('Deployment', 'openshift-cnv', 'virt-operator').status.replicas).toBe(2);
  });

  it('changes nothing in a dry run', () => {
    const cluster = healthyCluster();
    const before = cluster.resourceVersion;
    const reply = ask(cluster, `${DEPLOYMENT}?dryRun=All`, jsonPatch([{ op: 'replace', path: '/spec/replicas', value: 5 }]));
    expect(reply).toMatchObject({ status: 200, json: { spec: { replicas: 5 } } });
    expect(cluster.resourceVersion).toBe(before);
    expect(ask(cluster, `${DEPLOYMENT}?dryRun=Some`, jsonPatch([])).status).toBe(422);
  });

  it('notes who wrote which field', () => {
    const cluster = healthyCluster();
    ask(cluster, `${DEPLOYMENT}?fieldManager=page`, jsonPatch([{ op: 'replace', path: '/spec/replicas', value: 3 }]));
    const entries = cluster.need('Deployment', 'openshift-cnv', 'virt-operator').metadata.managedFields as { manager: string; fieldsV1: { 'f:spec'?: object } }[];
    expect(entries.find(({ manager }) => manager === 'page')).toMatchObject({ operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: { 'f:spec': { 'f:replicas': {} } } });
    expect(entries.find(({ manager }) => manager === 'olm')?.fieldsV1['f:spec']).not.toHaveProperty('f:replicas');
  });
});

describe('other patches', () => {
  it('merges, and replaces lists', () => {
    const cluster = healthyCluster();
    const reply = ask(cluster, '/api/v1/nodes/worker-0', { method: 'PATCH', contentType: 'application/merge-patch+json', body: { metadata: { labels: { a: 'b', cpumanager: null } } } });
    expect(reply).toMatchObject({ status: 200, json: { metadata: { labels: { a: 'b' } } } });
    expect((reply.json as { metadata: { labels: object } }).metadata.labels).not.toHaveProperty('cpumanager');
  });

  it('merges lists by their key when the patch is strategic, for built-in kinds alone', () => {
    const cluster = healthyCluster();
    const strategic = 'application/strategic-merge-patch+json';
    const body = { spec: { template: { spec: { containers: [{ name: 'virt-operator', image: 'other' }] } } } };
    ask(cluster, DEPLOYMENT, { method: 'PATCH', contentType: strategic, body });
    const [container] = cluster.need('Deployment', 'openshift-cnv', 'virt-operator').spec.template.spec.containers;
    expect(container).toMatchObject({ image: 'other', command: ['virt-operator'] });
    expect(ask(cluster, '/apis/kubevirt.io/v1/namespaces/web-shop/virtualmachines/mailer', { method: 'PATCH', contentType: strategic, body: {} }).status).toBe(415);
  });

  it('cannot read server-side apply', () => {
    expect(ask(healthyCluster(), DEPLOYMENT, { method: 'PATCH', contentType: 'application/apply-patch+yaml', body: 'a: b' })).toMatchObject({ status: 415, json: { reason: 'UnsupportedMediaType' } });
  });
});

describe('scale', () => {
  it('is read and written apart from its Deployment', () => {
    const cluster = healthyCluster();
    expect(ask(cluster, `${DEPLOYMENT}/scale`).json).toMatchObject({ kind: 'Scale', apiVersion: 'autoscaling/v1', spec: { replicas: 2 }, status: { replicas: 2, selector: 'kubevirt.io=virt-operator' } });
    const scale = (to: number) => ask(cluster, `${DEPLOYMENT}/scale?fieldManager=kubectl`, { method: 'PATCH', contentType: 'application/merge-patch+json', body: { spec: { replicas: to } } });
    const owners = () => (cluster.need('Deployment', 'openshift-cnv', 'virt-operator').metadata.managedFields as { manager: string; subresource?: string; fieldsV1: unknown }[])
      .filter(({ fieldsV1 }) => JSON.stringify(fieldsV1).includes('"f:replicas"') && !JSON.stringify(fieldsV1).includes('"f:status"')).map(({ manager, subresource }) => `${manager} ${subresource ?? ''}`);
    scale(3);
    expect(owners()).toEqual(['kubectl scale']);
    // Seen on a real API server: at 0 nobody owns the field, nor does whoever scales next.
    for (const to of [0, 1]) {
      scale(to);
      expect(replicas(cluster)).toBe(to);
      expect(owners()).toEqual([]);
    }
  });

  it('has no replicas field when there are none, so that a test for 0 fails and an add works', () => {
    const cluster = healthyCluster();
    scaleDeployment(cluster, 'virt-operator', 0);
    expect(ask(cluster, `${DEPLOYMENT}/scale`).json).toMatchObject({ spec: {} });
    expect(ask(cluster, `${DEPLOYMENT}/scale`, jsonPatch([{ op: 'test', path: '/spec/replicas', value: 0 }])).status).toBe(422);
    expect(ask(cluster, `${DEPLOYMENT}/scale`, jsonPatch([{ op: 'add', path: '/spec/replicas', value: 2 }]))).toMatchObject({ status: 200, json: { spec: { replicas: 2 } } });
  });

  it('keeps preconditions and dry runs', () => {
    const cluster = healthyCluster();
    const { resourceVersion } = cluster.need('Deployment', 'openshift-cnv', 'virt-operator').metadata;
    const patch = [{ op: 'test', path: '/metadata/resourceVersion', value: resourceVersion }, { op: 'replace', path: '/spec/replicas', value: 4 }];
    expect(ask(cluster, `${DEPLOYMENT}/scale?dryRun=All`, jsonPatch(patch)).status).toBe(200);
    expect(replicas(cluster)).toBe(2);
    expect(ask(cluster, `${DEPLOYMENT}/scale`, jsonPatch(patch)).status).toBe(200);
    expect(ask(cluster, `${DEPLOYMENT}/scale`, jsonPatch(patch)).status).toBe(422);
    expect(ask(cluster, `${DEPLOYMENT}/scale`, jsonPatch([{ op: 'replace', path: '/spec/replicas', value: -1 }])).status).toBe(422);
  });
});

describe('create, update and the rest', () => {
  const event = { apiVersion: 'v1', kind: 'Event', metadata: { generateName: 'virt-operator.' }, type: 'Normal', reason: 'Scaled', message: 'm', involvedObject: { kind: 'Deployment', name: 'virt-operator' } };

  it('creates, with a generated name, once', () => {
    const cluster = healthyCluster();
    const reply = ask(cluster, '/api/v1/namespaces/openshift-cnv/events', { method: 'POST', body: event });
    expect(reply.status).toBe(201);
    const { metadata } = reply.json as { metadata: { name: string } };
    expect(metadata.name).toMatch(/^virt-operator\.[a-z0-9]{5}$/);
    expect(ask(cluster, '/api/v1/namespaces/openshift-cnv/events', { method: 'POST', body: { ...event, metadata: { name: metadata.name } } })).toMatchObject({ status: 409, json: { reason: 'AlreadyExists' } });
  });

  it('updates from the newest copy alone', () => {
    const cluster = healthyCluster();
    const lease = cluster.need('Lease', 'openshift-cnv', 'virt-operator');
    const path = '/apis/coordination.k8s.io/v1/namespaces/openshift-cnv/leases/virt-operator';
    expect(ask(cluster, path, { method: 'PUT', body: { ...lease, spec: { ...lease.spec, leaseTransitions: 9 } } }).status).toBe(200);
    expect(ask(cluster, path, { method: 'PUT', body: lease })).toMatchObject({ status: 409, json: { reason: 'Conflict' } });
  });

  it('refuses what it is not for', () => {
    const cluster = healthyCluster();
    expect(ask(cluster, DEPLOYMENT, { method: 'POST', body: {} }).status).toBe(405);
    expect(ask(cluster, '/api/v1/namespaces/openshift-cnv/pods', { method: 'DELETE' }).status).toBe(405);
    expect(ask(cluster, '/api/v1/namespaces/openshift-cnv/configmaps', { method: 'POST', body: 'not json' }).status).toBe(400);
    expect(ask(cluster, DEPLOYMENT, jsonPatch([], { user: clusterReader }))).toMatchObject({ status: 403 });
  });
});

describe('delete', () => {
  const podPath = (cluster: ReturnType<typeof healthyCluster>): { path: string; uid: string; resourceVersion: string } => {
    const pod = cluster.list('Pod', 'openshift-cnv').find(({ metadata }) => metadata.labels?.['kubevirt.io'] === 'virt-operator');
    const { name = '', uid = '', resourceVersion = '' } = pod?.metadata ?? {};
    return { path: `/api/v1/namespaces/openshift-cnv/pods/${name}`, uid, resourceVersion };
  };

  it('marks a running pod, and the kubelet takes it away', () => {
    const cluster = healthyCluster();
    const { path, uid, resourceVersion } = podPath(cluster);
    expect(ask(cluster, path, { method: 'DELETE', body: { preconditions: { uid, resourceVersion } } })).toMatchObject({ status: 200, json: { kind: 'Pod', metadata: { deletionGracePeriodSeconds: 30 } } });
    expect(ask(cluster, path).status).toBe(200);
    settle(cluster);
    expect(ask(cluster, path).status).toBe(404);
  });

  it.each([
    ['uid', { uid: 'other' }, /the UID in the precondition \(other\) does not match the UID in record \(.+\)\. The object might have been deleted and then recreated/],
    ['resourceVersion', { resourceVersion: '1' }, /the ResourceVersion in the precondition \(1\) does not match the ResourceVersion in record \(\d+\)\. The object might have been modified/],
  ])('says 409 when the %s is another', (_, preconditions, message) => {
    const cluster = healthyCluster();
    const reply = ask(cluster, podPath(cluster).path, { method: 'DELETE', body: { preconditions } });
    expect(reply.status).toBe(409);
    expect((reply.json as { message: string }).message).toMatch(message);
  });

  it('tries without doing', () => {
    const cluster = healthyCluster();
    const before = cluster.resourceVersion;
    expect(ask(cluster, `${podPath(cluster).path}?dryRun=All`, { method: 'DELETE' }).status).toBe(200);
    expect(ask(cluster, podPath(cluster).path, { method: 'DELETE', body: { dryRun: ['All'] } }).status).toBe(200);
    expect(cluster.resourceVersion).toBe(before);
  });

  it('removes what nothing holds at once, and only marks what has finalizers', () => {
    const cluster = healthyCluster();
    expect(ask(cluster, '/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical', { method: 'DELETE' })).toMatchObject({ status: 200, json: { status: 'Success', details: { kind: 'priorityclasses' } } });
    const vm = '/apis/kubevirt.io/v1/namespaces/web-shop/virtualmachines/mailer';
    expect(ask(cluster, vm, { method: 'DELETE' }).status).toBe(200);
    expect(ask(cluster, vm).json).toMatchObject({ metadata: { deletionTimestamp: '2026-09-14T08:00:00Z' } });
  });
});

describe('admission', () => {
  it('refuses writes whose webhook has no endpoints, dry runs included', () => {
    const cluster = healthyCluster();
    scaleDeployment(cluster, 'virt-api', 0);
    settle(cluster);
    const vm = '/apis/kubevirt.io/v1/namespaces/web-shop/virtualmachines/mailer';
    const reply = ask(cluster, `${vm}?dryRun=All`, jsonPatch([{ op: 'add', path: '/metadata/labels/a', value: 'b' }]));
    expect(reply).toMatchObject({ status: 500, json: { reason: 'InternalError' } });
    expect((reply.json as { message: string }).message).toBe(
      'Internal error occurred: failed calling webhook "virtualmachines-mutator.kubevirt.io": failed to call webhook: Post "https://virt-api.openshift-cnv.svc:443/virtualmachines-mutate?timeout=10s": no endpoints available for service "virt-api"',
    );
    expect(ask(cluster, '/api/v1/nodes/worker-0', jsonPatch([{ op: 'add', path: '/metadata/labels/a', value: 'b' }])).status).toBe(200);
  });

  it('lets the KubeVirt object be changed only while virt-operator runs', () => {
    const cluster = healthyCluster();
    const path = '/apis/kubevirt.io/v1/namespaces/openshift-cnv/kubevirts/kubevirt-kubevirt-hyperconverged';
    const patch = jsonPatch([{ op: 'add', path: '/spec/infra', value: {} }]);
    expect(ask(cluster, `${path}?dryRun=All`, patch).status).toBe(200);
    scaleDeployment(cluster, 'virt-operator', 0);
    settle(cluster);
    expect(ask(cluster, `${path}?dryRun=All`, patch).status).toBe(500);
  });
});

describe('logs', () => {
  it('come from the running container, and can be cut', () => {
    const cluster = healthyCluster();
    scaleDeployment(cluster, 'virt-operator', 0);
    settle(cluster);
    scaleDeployment(cluster, 'virt-operator', 1);
    settle(cluster);
    cluster.clock.advance(60_000);
    const [pod] = cluster.list('Pod', 'openshift-cnv').filter(({ metadata }) => metadata.labels?.['kubevirt.io'] === 'virt-operator');
    const path = `/api/v1/namespaces/openshift-cnv/pods/${pod?.metadata.name ?? ''}/log`;
    cluster.logs.write({ namespace: 'openshift-cnv', pod: pod?.metadata.name ?? '', container: 'virt-operator' }, ['last words']);
    expect(ask(cluster, path)).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain' } });
    expect(ask(cluster, path).body.split('\n').length).toBeGreaterThan(4);
    expect(ask(cluster, `${path}?tailLines=1`).body).toBe('last words\n');
    expect(ask(cluster, `${path}?sinceSeconds=30&container=virt-operator`).body).toBe('last words\n');
    expect(ask(cluster, `${path}?tailLines=1&timestamps=true`).body).toBe('2026-09-14T08:01:00.000000000Z last words\n');
    expect(ask(cluster, `${path}?tailLines=1&limitBytes=4`).body).toBe('last');
    expect(ask(cluster, `${path}?previous=true`)).toMatchObject({ status: 400, json: { message: `previous terminated container "virt-operator" in pod "${pod?.metadata.name ?? ''}" not found` } });
    expect(ask(cluster, `${path}?container=none`)).toMatchObject({ status: 400, json: { message: `container none is not valid for pod ${pod?.metadata.name ?? ''}` } });
  });

  it('need a container name where there are two', () => {
    const cluster = healthyCluster();
    const launcher = cluster.list('Pod', 'web-shop')[0]?.metadata.name ?? '';
    cluster.update('Pod', 'web-shop', launcher, (draft) => { draft.spec.containers.push({ name: 'second', image: 'x' }); });
    expect(ask(cluster, `/api/v1/namespaces/web-shop/pods/${launcher}/log`)).toMatchObject({ status: 400, json: { message: `a container name must be specified for pod ${launcher}, choose one of: [compute second]` } });
  });

  it('say why there are none', () => {
    const cluster = healthyCluster();
    for (const { metadata } of cluster.list('Node')) cluster.update('Node', undefined, metadata.name, (draft) => { draft.status.images = []; });
    cluster.remove('Secret', 'openshift-config', 'pull-secret');
    deletePods(cluster, 'virt-operator');
    settle(cluster);
    const pod = cluster.list('Pod', 'openshift-cnv').find(({ metadata }) => metadata.labels?.['kubevirt.io'] === 'virt-operator')?.metadata.name ?? '';
    expect(ask(cluster, `/api/v1/namespaces/openshift-cnv/pods/${pod}/log`)).toMatchObject({ status: 400, json: { message: `container "virt-operator" in pod "${pod}" is waiting to start: trying and failing to pull image` } });
  });
});
