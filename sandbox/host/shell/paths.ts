import { ALL_NAMESPACES } from './contexts';

const parts = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** The project that an address names: `/x/ns/NAME/…`, `/x/all-namespaces/…`; undefined if it names none. */
export function namespaceIn(pathname: string): string | undefined {
  const [, kind, name] = parts(pathname);
  if (kind === 'all-namespaces') return ALL_NAMESPACES;
  return kind === 'ns' ? name : undefined;
}

/**
 * The same page in another project. Only the first segment after the project is kept, since a certain object will not
 * exist there; a page number in the query goes too (openshift/console public/actions/ui.ts, formatNamespaceRoute).
 */
export function inNamespace(namespace: string, { pathname, search }: { pathname: string; search: string }): string {
  const previous = namespaceIn(pathname);
  if (previous === undefined || previous === namespace) return pathname + search;
  const [prefix = 'k8s', ...rest] = parts(pathname);
  const [first] = rest.slice(previous === ALL_NAMESPACES ? 1 : 2);
  const query = new URLSearchParams(search);
  query.delete('page');
  return `/${[prefix, ...scope(namespace), ...(first === undefined ? [] : [first])].join('/')}${query.size > 0 ? `?${query}` : ''}`;
}

const scope = (namespace: string): string[] => (namespace === ALL_NAMESPACES ? ['all-namespaces'] : ['ns', namespace]);

/** `/k8s/ns/NAME/pods` or `/k8s/all-namespaces/pods`. */
export const namespacedPath = (namespace: string, rest: string): string => `/k8s/${scope(namespace).join('/')}/${rest}`;

/** An address without what says where: neither `/k8s/cluster/` nor `/k8s/ns/NAME/` nor `/k8s/all-namespaces/`. */
export const withoutScope = (path: string): string =>
  path.replace(/^\/?(?:k8s\/(?:cluster|all-namespaces|ns\/[^/]*)\/)?/, '').replace(/\/$/, '');

/** Does a navigation item with this href stand for the page at `pathname`? Compared segment by segment. */
export function isActiveItem(pathname: string, href: string, startsWith: readonly string[] = []): boolean {
  const here = withoutScope(pathname);
  const segments = here.split('/');
  return (
    withoutScope(href)
      .split('/')
      .every((segment, index) => segment === segments[index]) || startsWith.some((start) => here.startsWith(start))
  );
}
