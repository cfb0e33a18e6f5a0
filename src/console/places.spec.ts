import { type ConsolePlace, type Kind, type ObjectRef, label, promql } from '../engine';
import { paths } from './address';
import { objectHref, placeHref } from './places';

const Pod: Kind = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
const Node: Kind = { kind: 'Node', plural: 'nodes', group: '', versions: ['v1'], namespaced: false };
const KubeVirt: Kind = { kind: 'KubeVirt', plural: 'kubevirts', group: 'kubevirt.io', versions: ['v1', 'v1alpha3'], namespaced: true };

describe('placeHref', () => {
  it.each<[ConsolePlace, string | undefined]>([
    [{ page: 'object', of: Pod, namespace: 'red', name: 'a' }, '/k8s/ns/red/pods/a'],
    [{ page: 'object', of: Pod, namespace: 'red', name: 'a', tab: 'logs' }, '/k8s/ns/red/pods/a/logs'],
    [{ page: 'object', of: Node, name: 'n' }, '/k8s/cluster/nodes/n'],
    [{ page: 'object', of: KubeVirt, namespace: 'red', name: 'a' }, '/k8s/ns/red/kubevirt.io~v1~KubeVirt/a'],
    [{ page: 'object', of: KubeVirt, namespace: 'red', name: 'a/b c?' }, undefined],
    [{ page: 'list', of: Pod, namespace: '..' }, undefined],
    [{ page: 'object', of: Pod, namespace: 'red', name: label('pod') }, undefined],
    [{ page: 'object', of: Pod, namespace: label('namespace'), name: 'a' }, undefined],
    [{ page: 'list', of: Pod }, '/k8s/all-namespaces/pods'],
    [{ page: 'list', of: Pod, namespace: 'red', labels: 'a=b,c=d' }, '/k8s/ns/red/pods?labels=a%3Db%2Cc%3Dd'],
    [{ page: 'list', of: Node }, '/k8s/cluster/nodes'],
    [{ page: 'list', of: Pod, namespace: label('namespace') }, undefined],
    [{ page: 'runbook', alert: 'VirtOperatorDown' }, '/k8s/ns/red/virtualization-overview/runbooks/VirtOperatorDown'],
    [{ page: 'metrics', query: promql`up{ns="${'a"b'}"}` }, '/monitoring/query-browser?query0=up%7Bns%3D%22a%5C%22b%22%7D'],
    [{ page: 'metrics', query: promql`up{ns="${label('namespace')}"}` }, undefined],
    [{ page: 'silence' }, '/monitoring/silences/~new?alertname=A&x=%3Cb%3E%26'],
    [{ page: 'targets' }, '/monitoring/targets'], [{ page: 'alerts' }, '/monitoring/alerts'], [{ page: 'clusterSettings' }, '/settings/cluster'],
  ])('of %j', (place, href) => {
    expect(placeHref(place, 'red', { alertname: 'A', x: '<b>&' })).toBe(href);
  });
});

describe('objectHref', () => {
  it.each<[ObjectRef, string | undefined]>([
    [{ kind: 'Pod', namespace: 'red', name: 'a' }, '/k8s/ns/red/pods/a'],
    [{ kind: 'Deployment', namespace: 'red', name: 'a' }, '/k8s/ns/red/deployments/a'],
    [{ kind: 'Deployment', group: 'apps', namespace: 'red', name: 'a' }, '/k8s/ns/red/deployments/a'],
    [{ kind: 'Node', name: 'n' }, '/k8s/cluster/nodes/n'],
    [{ kind: 'KubeVirt', group: 'kubevirt.io', namespace: 'red', name: 'a' }, '/k8s/ns/red/kubevirt.io~v1~KubeVirt/a'],
    // A kind that we know by name, of a group that has one of the same name.
    [{ kind: 'Service', group: 'serving.knative.dev', namespace: 'red', name: 'a' }, undefined],
    [{ kind: 'Node', group: 'config.openshift.io', name: 'cluster' }, '/k8s/cluster/config.openshift.io~v1~Node/cluster'],
    [{ kind: 'Widget', namespace: 'red', name: 'a' }, undefined],
    [{ kind: 'Widget', group: 'example.com', namespace: 'red', name: 'a' }, undefined],
    // Names that come with every object of the language.
    [{ kind: 'constructor', namespace: 'red', name: 'a' }, undefined],
    [{ kind: '__proto__', namespace: 'red', name: 'a' }, undefined],
    [{ kind: 'X', group: 'constructor', namespace: 'red', name: 'a' }, undefined],
    // What somebody may write into an event.
    [{ kind: '../../../monitoring', group: 'kubevirt.io', namespace: 'red', name: 'a' }, undefined],
    [{ kind: 'Pod?x=', group: 'kubevirt.io', namespace: 'red', name: 'a' }, undefined],
    // What the label of a metric may say, and no object can be called.
    [{ kind: 'Pod', namespace: 'red', name: 'https://example.com/?a#b' }, undefined],
    [{ kind: 'Pod', namespace: '../x', name: 'a' }, undefined],
    [{ kind: 'Pod', namespace: 'red', name: '..' }, undefined],
    [{ kind: 'Node', name: 'a..b' }, undefined],
    [{ kind: 'Node', name: 'a%2Fb' }, undefined],
    [{ kind: 'Node', name: 'a'.repeat(254) }, undefined],
    [{ kind: 'Node', name: 'a'.repeat(253) }, `/k8s/cluster/nodes/${'a'.repeat(253)}`],
    [{ kind: 'ClusterRole', group: 'rbac.authorization.k8s.io', name: 'kubevirt.io:view' }, '/k8s/cluster/rbac.authorization.k8s.io~v1~ClusterRole/kubevirt.io%3Aview'],
  ])('of %j', (object, href) => {
    expect(objectHref(object)).toBe(href);
  });
});

describe('paths', () => {
  it.each([
    [paths.overview(undefined), '/k8s/all-namespaces/virtualization-overview'],
    [paths.overview('red'), '/k8s/ns/red/virtualization-overview'],
    [paths.runbooks('red'), '/k8s/ns/red/virtualization-overview/runbooks'],
    [paths.runbook(undefined, 'A'), '/k8s/all-namespaces/virtualization-overview/runbooks/A'],
    [paths.runbook('red', 'A', { namespace: 'x y', severity: 'critical' }), '/k8s/ns/red/virtualization-overview/runbooks/A?namespace=x+y&severity=critical'],
    [paths.runbook('a/b', '../<img>', { a: '"&=#' }), '/k8s/ns/a%2Fb/virtualization-overview/runbooks/..%2F%3Cimg%3E?a=%22%26%3D%23'],
    [paths.mitigate('red', 'A', {}, 'scale/back'), '/k8s/ns/red/virtualization-overview/runbooks/A/mitigate/scale%2Fback'],
    [paths.mitigate(undefined, 'A', { a: 'b' }, 'scale-back'), '/k8s/all-namespaces/virtualization-overview/runbooks/A/mitigate/scale-back?a=b'],
  ])('%s', (path, expected) => {
    expect(path).toBe(expected);
  });
});
