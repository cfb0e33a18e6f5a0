import { fillCommand } from './command';
import { label, text } from './late';
import { READ_METRICS, commandOf, isFilled, permissionOf, permissionOfWrite, permissionsOfPlan, resourceArgument } from './needs';
import { type Operation, targetOf } from './operation';
import { type Kind, type Source, promql } from './source';

const Pod: Kind = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const Node: Kind = { kind: 'Node', plural: 'nodes', group: '', versions: ['v1'], namespaced: false };
const Vmi: Kind = { kind: 'VirtualMachineInstance', plural: 'virtualmachineinstances', group: 'kubevirt.io', versions: ['v1'], namespaced: true };
const Lease: Kind = { kind: 'Lease', plural: 'leases', group: 'coordination.k8s.io', versions: ['v1'], namespaced: true };
const Deployment: Kind = { kind: 'Deployment', plural: 'deployments', group: 'apps', versions: ['v1'], namespaced: true };

type Readable = Exclude<Source, { kind: 'metrics' }>;
const unknownYet = () => ({ state: 'pending' }) as const;

describe('a source', () => {
  it.each<[string, Readable, string, object | undefined]>([
    ['an object', { kind: 'object', of: Pod, in: 'red', name: 'a', part: 'full' }, 'oc get pods a -n red -o yaml', { verb: 'get', group: '', resource: 'pods', namespace: 'red', name: 'a' }],
    ['an object outside namespaces', { kind: 'object', of: Node, in: 'the cluster', name: 'n', part: 'full' }, 'oc get nodes n -o yaml', { verb: 'get', group: '', resource: 'nodes', name: 'n' }],
    ['a custom resource', { kind: 'object', of: Vmi, in: 'red', name: 'a', part: 'metadata' }, 'oc get virtualmachineinstances.kubevirt.io a -n red -o yaml', { verb: 'get', group: 'kubevirt.io', resource: 'virtualmachineinstances', namespace: 'red', name: 'a' }],
    ['a list', { kind: 'list', of: Lease, in: 'red', part: 'full', atMost: 5, labels: 'a=b', fields: 'metadata.name=x y' }, "oc get leases -n red -l a=b --field-selector 'metadata.name=x y'", { verb: 'list', group: 'coordination.k8s.io', resource: 'leases', namespace: 'red' }],
    ['a list of everywhere', { kind: 'list', of: Pod, in: 'all namespaces', part: 'metadata', atMost: 5 }, 'oc get pods -A', { verb: 'list', group: '', resource: 'pods' }],
    ['a list outside namespaces', { kind: 'list', of: Node, in: 'the cluster', part: 'full', atMost: 5 }, 'oc get nodes', { verb: 'list', group: '', resource: 'nodes' }],
    ['a log', { kind: 'log', in: 'red', pod: 'a', container: 'c', previous: true, tail: 7, since: 60 }, 'oc logs -n red a -c c --previous --tail=7 --since=60s --timestamps', { verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: 'red' }],
    ['rules', { kind: 'rules' }, 'oc get prometheusrules.monitoring.coreos.com -A -o yaml', READ_METRICS],
    ['an API', { kind: 'api', group: 'kubevirt.io', version: 'v1' }, 'oc get --raw /apis/kubevirt.io/v1', undefined],
    ['the core API', { kind: 'api', group: '', version: 'v1' }, 'oc get --raw /api/v1', undefined],
    ['a right', { kind: 'access', permission: { verb: 'list', group: '', resource: 'pods', namespace: 'red' } }, 'oc auth can-i list pods -n red', undefined],
    ['a right on one object', { kind: 'access', permission: { verb: 'update', group: 'coordination.k8s.io', resource: 'leases', namespace: 'red', name: 'virt-operator' } }, 'oc auth can-i update leases.coordination.k8s.io/virt-operator -n red', undefined],
    ['a right on a subresource', { kind: 'access', permission: { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'red', name: 'virt-operator' } }, 'oc auth can-i patch deployments.apps/virt-operator --subresource=scale -n red', undefined],
  ])('that is %s has its command and its permission', (_, source, command, permission) => {
    expect(fillCommand(commandOf(source), unknownYet).text).toBe(command);
    expect(permissionOf(source)).toEqual(permission);
  });

  it('of metrics needs the monitoring API', () => {
    expect(permissionOf({ kind: 'metrics', query: promql`up` })).toBe(READ_METRICS);
  });

  it('keeps late values in both', () => {
    const source: Source = { kind: 'list', of: Pod, in: label('namespace'), part: 'full', atMost: 5, fields: text`spec.nodeName=${label('node')}` };
    expect(fillCommand(commandOf(source), unknownYet)).toEqual({ language: 'shell', text: 'oc get pods -n ‹namespace› --field-selector ‹node›', open: ['namespace', 'node'] });
    expect(permissionOf(source)).toEqual({ verb: 'list', group: '', resource: 'pods', namespace: label('namespace') });
    expect(isFilled({ verb: 'list', group: '', resource: 'pods', namespace: label('namespace') })).toBe(false);
    expect(isFilled({ verb: 'list', group: '', resource: 'pods', namespace: 'red' })).toBe(true);
  });
});

describe('permissionOfWrite', () => {
  const target = targetOf(Deployment, { metadata: { name: 'a', namespace: 'red', uid: 'u', resourceVersion: '1' } });
  it.each<[Operation, object]>([
    [{ id: '1', verb: 'patch', target, patch: [] }, { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'red', name: 'a' }],
    [{ id: '1', verb: 'patch', subresource: 'scale', target, patch: [] }, { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'red', name: 'a' }],
    [{ id: '1', verb: 'delete', target: targetOf(Node, { metadata: { name: 'n' } }) }, { verb: 'delete', group: '', resource: 'nodes', name: 'n' }],
  ])('computes it from the operation', (operation, permission) => {
    expect(permissionOfWrite(operation)).toEqual(permission);
  });
});

describe('permissionsOfPlan', () => {
  it('asks for a nested subresource in both ways in which it is looked at', () => {
    const target = targetOf(Vmi, { metadata: { name: 'a', namespace: 'red', uid: 'u', resourceVersion: '1' } });
    const call = { verb: 'update', group: 'subresources.kubevirt.io', resource: 'virtualmachineinstances', namespace: 'red', name: 'a' };
    expect(permissionsOfPlan({ operations: [{ id: '1', verb: 'call', target, subresource: 'evacuate/cancel' }, { id: '2', verb: 'call', target, subresource: 'pause' }] })).toEqual([
      { ...call, subresource: 'evacuate/cancel' }, { ...call, subresource: 'evacuate' }, { ...call, subresource: 'pause' },
    ]);
  });
});

describe('targetOf', () => {
  const metadata = { name: 'a', namespace: 'red', uid: 'u', resourceVersion: '1' };
  it('takes the version of the object, and of a list item the best one of its kind', () => {
    expect(targetOf(Lease, { apiVersion: 'coordination.k8s.io/v1beta1', metadata }).apiVersion).toBe('coordination.k8s.io/v1beta1');
    expect(targetOf(Lease, { metadata })).toEqual({ kind: 'Lease', plural: 'leases', group: 'coordination.k8s.io', apiVersion: 'coordination.k8s.io/v1', ...metadata });
    expect(targetOf(Pod, { metadata }).apiVersion).toBe('v1');
  });
});

describe('resourceArgument', () => {
  it.each([[Pod, 'pods'], [Deployment, 'deployments'], [Lease, 'leases'], [Vmi, 'virtualmachineinstances.kubevirt.io']])('of %j', (of, argument) => {
    expect(resourceArgument(of)).toBe(argument);
  });
});
