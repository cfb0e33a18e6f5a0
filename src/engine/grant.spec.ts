import { grantOf } from './grant';

const texts = (...args: Parameters<typeof grantOf>) => grantOf(...args).map(({ text }) => text);

test('a permission in a namespace takes a role for that one object, its binding and a check', () => {
  expect(texts([{ verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'openshift-cnv', name: 'virt-operator' }], 'jane')).toEqual([
    'oc create role virt-runbooks-patch-deployments-scale-virt-operator -n openshift-cnv --verb=patch --resource=deployments.apps/scale --resource-name=virt-operator',
    'oc create rolebinding virt-runbooks-patch-deployments-scale-virt-operator -n openshift-cnv --role=virt-runbooks-patch-deployments-scale-virt-operator --user=jane',
    'oc auth can-i patch deployments.apps/virt-operator --subresource=scale -n openshift-cnv --as=jane',
  ]);
});

test('one outside namespaces takes a cluster role', () => {
  expect(texts([{ verb: 'patch', group: '', resource: 'nodes' }], 'system:serviceaccount:a:b')).toEqual([
    'oc create clusterrole virt-runbooks-patch-nodes --verb=patch --resource=nodes',
    'oc create clusterrolebinding virt-runbooks-patch-nodes --clusterrole=virt-runbooks-patch-nodes --user=system:serviceaccount:a:b',
    'oc auth can-i patch nodes --as=system:serviceaccount:a:b',
  ]);
});

test('a user that nobody named is left open, and a name cannot leave its quotes', () => {
  expect(grantOf([{ verb: 'delete', group: '', resource: 'pods', namespace: 'a' }], '').map(({ open }) => open)).toEqual([[], ['user'], ['user']]);
  expect(texts([{ verb: 'delete', group: '', resource: 'pods', namespace: 'a' }], '$(reboot)')[1]).toMatch(/--user='\$\(reboot\)'$/);
});
