import { ALL_NAMESPACES } from './contexts';
import { inNamespace, isActiveItem, namespaceIn } from './paths';

test('namespaceIn', () => {
  expect(namespaceIn('/k8s/ns/red/pods')).toBe('red');
  expect(namespaceIn('/k8s/all-namespaces/pods')).toBe(ALL_NAMESPACES);
  expect(namespaceIn('/dev-monitoring/ns/red/alerts')).toBe('red');
  expect(namespaceIn('/k8s/cluster/nodes')).toBeUndefined();
  expect(namespaceIn('/monitoring/alerts')).toBeUndefined();
});

test.each([
  ['/k8s/ns/red/virtualization-overview/runbooks/A', 'blue', '/k8s/ns/blue/virtualization-overview'],
  ['/k8s/all-namespaces/virtualization-overview/runbooks', 'blue', '/k8s/ns/blue/virtualization-overview'],
  ['/k8s/ns/red/pods/a/yaml', ALL_NAMESPACES, '/k8s/all-namespaces/pods'],
  ['/k8s/ns/red/pods/a', 'red', '/k8s/ns/red/pods/a'],
  ['/monitoring/alerts', 'blue', '/monitoring/alerts'],
])('%s in %s is %s', (pathname, namespace, expected) => {
  expect(inNamespace(namespace, { pathname, search: '' })).toBe(expected);
});

test('changing the project keeps the query, but not the page number', () => {
  expect(inNamespace('blue', { pathname: '/k8s/ns/red/pods', search: '?name=a&page=3' })).toBe('/k8s/ns/blue/pods?name=a');
});

test('an item is active on its page and below it, whatever the project', () => {
  expect(isActiveItem('/k8s/ns/red/virtualization-overview/runbooks', 'virtualization-overview')).toBe(true);
  expect(isActiveItem('/k8s/all-namespaces/virtualization-overview', 'virtualization-overview')).toBe(true);
  expect(isActiveItem('/k8s/all-namespaces/virtualization-overviews', 'virtualization-overview')).toBe(false);
  expect(isActiveItem('/monitoring/alertrules/1', '/monitoring/alerts', ['monitoring/alertrules'])).toBe(true);
});
