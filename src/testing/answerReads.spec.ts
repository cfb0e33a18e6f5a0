import { ask } from './asking';
import { bareCluster, healthyCluster } from './healthy';
import { clusterAdmin, clusterReader, monitoringViewer, namespaceAdmin, namespaceViewer, nobody } from './users';

interface List {
  kind: string;
  apiVersion: string;
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  items: { kind?: string; apiVersion?: string; metadata: { name: string; namespace?: string }; spec?: unknown }[];
}

const cluster = healthyCluster();
const list = (path: string, accept?: string): List => ask(cluster, path, accept === undefined ? {} : { accept }).json as List;
const names = (path: string): string[] => list(path).items.map(({ metadata }) => metadata.name);

describe('discovery', () => {
  it('lists groups, versions and resources', () => {
    const { groups } = ask(cluster, '/apis').json as { groups: { name: string }[] };
    expect(groups.map(({ name }) => name)).toEqual(expect.arrayContaining(['apps', 'kubevirt.io', 'authorization.k8s.io', 'subresources.kubevirt.io', 'project.openshift.io']));
    expect(ask(cluster, '/apis/kubevirt.io').json).toMatchObject({ kind: 'APIGroup', preferredVersion: { groupVersion: 'kubevirt.io/v1' } });
    expect(ask(cluster, '/apis/apps/v1').json).toMatchObject({ kind: 'APIResourceList', resources: expect.arrayContaining([expect.objectContaining({ name: 'deployments/scale', kind: 'Scale', group: 'autoscaling' })]) as unknown });
    expect(ask(cluster, '/api/v1').json).toMatchObject({ groupVersion: 'v1' });
  });

  it.each(['/apis/apps/v7', '/api/v1/wonders'])('answers 404 with a Status for %s', (path) => {
    expect(ask(cluster, path)).toMatchObject({ status: 404, json: { kind: 'Status', reason: 'NotFound', code: 404, message: 'the server could not find the requested resource' } });
  });

  it.each(['/apis/nothing.example.com', '/apis/kubevirt.io/v7', '/apis/operator.openshift.io/v1', '/nonsense'])('answers 404 without a Status for %s', (path) => {
    expect(ask(cluster, path)).toMatchObject({ status: 404, json: '404 page not found\n' });
  });

  it('knows no KubeVirt where it is not installed', () => {
    const bare = bareCluster();
    expect(ask(bare, '/apis/kubevirt.io/v1').status).toBe(404);
    expect(ask(bare, '/apis/kubevirt.io/v1/kubevirts').status).toBe(404);
    expect(ask(bare, '/apis/apps/v1').status).toBe(200);
  });

  it('answers 503 for an aggregated API whose service has no endpoints', () => {
    const broken = healthyCluster();
    broken.update('Deployment', 'openshift-cnv', 'virt-api', (draft) => { draft.spec.replicas = 0; });
    for (const slice of broken.list('EndpointSlice', 'openshift-cnv')) broken.remove('EndpointSlice', 'openshift-cnv', slice.metadata.name);
    expect(ask(broken, '/apis/subresources.kubevirt.io/v1')).toMatchObject({ status: 503, json: { reason: 'ServiceUnavailable' } });
    expect(ask(cluster, '/apis/subresources.kubevirt.io/v1').status).toBe(200);
  });
});

describe('get', () => {
  it('gives the object, whole or its metadata', () => {
    expect(ask(cluster, '/apis/apps/v1/namespaces/openshift-cnv/deployments/virt-operator').json).toMatchObject({ kind: 'Deployment', apiVersion: 'apps/v1', spec: { replicas: 2 } });
    const partial = ask(cluster, '/apis/apps/v1/namespaces/openshift-cnv/deployments/virt-operator', { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' }).json;
    expect(partial).toMatchObject({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'virt-operator' } });
    expect(partial).not.toHaveProperty('spec');
  });

  it('names what it did not find', () => {
    expect(ask(cluster, '/apis/apps/v1/namespaces/openshift-cnv/deployments/none')).toMatchObject({
      status: 404,
      json: { message: 'deployments.apps "none" not found', details: { name: 'none', group: 'apps', kind: 'deployments' } },
    });
  });

  it('tells its own time', () => {
    expect(ask(cluster, '/api/v1/nodes').headers['date']).toBe('Mon, 14 Sep 2026 08:00:00 GMT');
  });
});

describe('list', () => {
  it('leaves kind and apiVersion to the list for built-in kinds, and to each item for custom resources', () => {
    expect(list('/api/v1/pods')).toMatchObject({ kind: 'PodList', apiVersion: 'v1' });
    expect(list('/api/v1/pods').items[0]).not.toHaveProperty('kind');
    expect(list('/apis/kubevirt.io/v1/virtualmachines').items[0]).toHaveProperty('kind', 'VirtualMachine');
  });

  it('pages, and says how much is left only without selectors', () => {
    const first = list('/apis/kubevirt.io/v1/virtualmachines?limit=10');
    expect(first.items).toHaveLength(10);
    expect(first.metadata.remainingItemCount).toBe(14);
    const second = list(`/apis/kubevirt.io/v1/virtualmachines?limit=20&continue=${encodeURIComponent(first.metadata.continue ?? '')}`);
    expect(second.items).toHaveLength(14);
    expect(second.metadata).not.toHaveProperty('continue');
    const all = [...first.items, ...second.items].map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
    expect(new Set(all).size).toBe(24);
    expect(list('/api/v1/pods?limit=1&labelSelector=kubevirt.io').metadata).not.toHaveProperty('remainingItemCount');
  });

  it('refuses a broken limit and a broken continue', () => {
    expect(ask(cluster, '/api/v1/pods?limit=few').status).toBe(400);
    expect(ask(cluster, '/api/v1/pods?continue=x').status).toBe(400);
  });

  it('answers 410 for a continue older than the history', () => {
    const token = btoa(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 1, start: 'a/b\u0000' }));
    expect(ask(cluster, `/api/v1/pods?continue=${encodeURIComponent(token)}`)).toMatchObject({ status: 410, json: { reason: 'Expired' } });
  });

  it('applies both selectors', () => {
    expect(names('/api/v1/namespaces/openshift-cnv/pods?labelSelector=kubevirt.io%3Dvirt-operator')).toHaveLength(2);
    expect(names('/api/v1/pods?labelSelector=kubevirt.io+in+(virt-api,virt-handler)')).toHaveLength(5);
    expect(names('/api/v1/pods?fieldSelector=spec.nodeName%3Dworker-0&labelSelector=kubevirt.io%3Dvirt-launcher')).toHaveLength(8);
    expect(names('/api/v1/pods?fieldSelector=status.phase%3DFailed')).toEqual([]);
    expect(names('/api/v1/nodes?fieldSelector=metadata.name%3Dworker-1')).toEqual(['worker-1']);
  });

  it('refuses selectors it cannot read', () => {
    expect(ask(cluster, '/api/v1/pods?labelSelector=a%3Db%3Dc').status).toBe(400);
    expect(ask(cluster, '/api/v1/pods?fieldSelector=spec.colour%3Dred')).toMatchObject({ status: 400, json: { message: 'field label not supported: spec.colour' } });
  });

  it('gives metadata alone to whoever accepts it', () => {
    const partial = list('/api/v1/pods?limit=2', 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1');
    expect(partial).toMatchObject({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' });
    expect(partial.items[0]).toMatchObject({ kind: 'PartialObjectMetadata' });
    expect(partial.items[0]).not.toHaveProperty('spec');
    expect(ask(cluster, '/api/v1/pods', { accept: 'application/yaml' }).status).toBe(406);
  });
});

describe('rights', () => {
  const refusal = (user: typeof nobody, path: string): unknown => (ask(cluster, path, { user }).json as { message: string }).message;

  it('words refusals as the API server does', () => {
    expect(refusal(namespaceAdmin, '/api/v1/nodes')).toBe('nodes is forbidden: User "shop-owner" cannot list resource "nodes" in API group "" at the cluster scope');
    expect(refusal(namespaceAdmin, '/api/v1/namespaces/openshift-cnv/pods')).toBe('pods is forbidden: User "shop-owner" cannot list resource "pods" in API group "" in the namespace "openshift-cnv"');
    expect(refusal(nobody, '/apis/apps/v1/namespaces/openshift-cnv/deployments/virt-operator')).toBe('deployments.apps "virt-operator" is forbidden: User "guest" cannot get resource "deployments" in API group "apps" in the namespace "openshift-cnv"');
    expect(refusal(nobody, '/api/v1/namespaces/web-shop/pods/x/log')).toBe('pods "x" is forbidden: User "guest" cannot get resource "pods/log" in API group "" in the namespace "web-shop"');
  });

  it.each([
    [clusterAdmin, '/api/v1/nodes', 200],
    [clusterReader, '/api/v1/nodes', 200],
    [clusterReader, '/api/v1/secrets', 403],
    [namespaceAdmin, '/api/v1/namespaces/web-shop/pods', 200],
    [namespaceAdmin, '/api/v1/namespaces/web-shop', 200],
    [namespaceAdmin, '/api/v1/namespaces', 403],
    [namespaceAdmin, '/api/v1/pods', 403],
    [namespaceAdmin, '/apis/coordination.k8s.io/v1/namespaces/web-shop/leases', 200],
    [namespaceViewer, '/apis/kubevirt.io/v1/namespaces/web-shop/virtualmachines', 200],
    [namespaceViewer, '/apis/coordination.k8s.io/v1/namespaces/web-shop/leases', 403],
    [monitoringViewer, '/api/v1/namespaces', 200],
    [monitoringViewer, '/api/v1/pods', 403],
    [nobody, '/apis', 200],
    [nobody, '/api/v1/pods', 403],
  ])('%# %s', (user, path, status) => {
    expect(ask(cluster, path, { user }).status).toBe(status);
  });

  it('shows users their own projects', () => {
    const projects = (user: typeof nobody): string[] => (ask(cluster, '/apis/project.openshift.io/v1/projects', { user }).json as List).items.map(({ metadata }) => metadata.name);
    expect(projects(namespaceAdmin)).toEqual(['web-shop']);
    expect(projects(nobody)).toEqual([]);
    expect(projects(clusterAdmin)).toContain('openshift-cnv');
  });

  it.each([
    [clusterAdmin, { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'openshift-cnv' }, true],
    [clusterReader, { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'openshift-cnv' }, false],
    [namespaceAdmin, { verb: 'delete', group: '', resource: 'pods', namespace: 'web-shop' }, true],
    [namespaceAdmin, { verb: 'delete', group: 'kubevirt.io', resource: 'virtualmachineinstancemigrations', namespace: 'web-shop' }, false],
    [monitoringViewer, { verb: 'get', group: 'monitoring.coreos.com', resource: 'prometheuses', subresource: 'api', name: 'k8s', namespace: 'openshift-monitoring' }, true],
    [nobody, { verb: 'list', group: '', resource: 'pods' }, false],
  ])('%# answers access reviews from the same rules', (user, resourceAttributes, allowed) => {
    const reply = ask(cluster, '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { method: 'POST', user, body: { spec: { resourceAttributes } } });
    expect(reply).toMatchObject({ status: 201, json: { kind: 'SelfSubjectAccessReview', status: { allowed } } });
  });

  it('lists the rules of a namespace', () => {
    const reply = ask(cluster, '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', { method: 'POST', user: namespaceAdmin, body: { spec: { namespace: 'databases' } } });
    expect(reply).toMatchObject({ status: 201, json: { status: { resourceRules: [{ verbs: ['get', 'list'], apiGroups: ['kubevirt.io'], resources: ['kubevirts'] }], incomplete: false } } });
  });
});
