import { commandOfWrite } from './planned';
import { type Operation, type Target } from './operation';

const pod: Target = { kind: 'Pod', plural: 'pods', apiVersion: 'v1', name: "it's", namespace: 'kubevirt', uid: 'u1', resourceVersion: '7' };
const lease: Target = { kind: 'Lease', group: 'coordination.k8s.io', plural: 'leases', apiVersion: 'coordination.k8s.io/v1', name: 'virt-operator', namespace: 'kubevirt', uid: 'u2', resourceVersion: '8' };
const kubevirt: Target = { kind: 'KubeVirt', group: 'kubevirt.io', plural: 'kubevirts', apiVersion: 'kubevirt.io/v1', name: 'kubevirt', namespace: 'kubevirt', uid: 'u3', resourceVersion: '9' };

test.each<[string, Operation, string]>([
  ['a patch tests the uid, also where the plan did not', { id: 'a', verb: 'patch', target: kubevirt, patch: [{ op: 'replace', path: '/spec/x', value: 'a b' }] },
    `oc patch kubevirts.v1.kubevirt.io kubevirt -n kubevirt --type=json -p '[{"op":"test","path":"/metadata/uid","value":"u3"},{"op":"replace","path":"/spec/x","value":"a b"}]'`],
  ['a patch of the scale says so', { id: 'b', verb: 'patch', subresource: 'scale', target: { ...kubevirt, plural: 'deployments', kind: 'Deployment', group: 'apps', apiVersion: 'apps/v1' }, patch: [{ op: 'test', path: '/metadata/uid', value: 'u3' }, { op: 'add', path: '/spec/replicas', value: 2 }] },
    `oc patch deployments.v1.apps kubevirt -n kubevirt --subresource=scale --type=json -p '[{"op":"test","path":"/metadata/uid","value":"u3"},{"op":"add","path":"/spec/replicas","value":2}]'`],
  ['a deletion carries uid and resourceVersion', { id: 'c', verb: 'delete', target: lease },
    `echo '{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"u2","resourceVersion":"8"}}' | oc delete --raw /apis/coordination.k8s.io/v1/namespaces/kubevirt/leases/virt-operator -f -`],
  ['a name cannot leave its quotes', { id: 'd', verb: 'delete', target: pod, uidOnly: true },
    `echo '{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"u1"}}' | oc delete --raw '/api/v1/namespaces/kubevirt/pods/it'\\''s' -f -`],
])('%s', (_, operation, command) => {
  expect(commandOfWrite(operation)).toEqual({ language: 'shell', text: command, open: [] });
});
