import { type Command, sh } from './command';
import { type Late, isRef } from './late';
import { type Operation, type Plan } from './operation';
import { type Kind, type Permission, type Source } from './source';

/** What reading Prometheus across namespaces needs on OpenShift: the role cluster-monitoring-view grants it. */
export const READ_METRICS: Permission = { verb: 'get', group: 'monitoring.coreos.com', resource: 'prometheuses', subresource: 'api', name: 'k8s', namespace: 'openshift-monitoring' };

const namespaceOf = (where: Late<string>): { namespace?: Late<string> } =>
  (where === 'all namespaces' || where === 'the cluster' ? {} : { namespace: where });

const isNamespace = ({ group, plural }: Kind): boolean => group === '' && plural === 'namespaces';

/** The permission that a source needs; none for an access review and for discovery, which everybody may ask. */
export const permissionOf = (source: Source): Permission<Late<string>> | undefined => {
  switch (source.kind) {
    // To RBAC a namespace lies in itself: a Role in it may grant reading it.
    case 'object': return { verb: 'get', group: source.of.group, resource: source.of.plural, ...(isNamespace(source.of) ? { namespace: source.name } : namespaceOf(source.in)), name: source.name };
    case 'list': return { verb: 'list', group: source.of.group, resource: source.of.plural, ...namespaceOf(source.in) };
    case 'log': return { verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: source.in };
    case 'metrics': return READ_METRICS;
    case 'rules': return READ_METRICS;
    default: return undefined;
  }
};

// Built-in groups need no suffix; those of custom resources do, because their plurals are not unique.
const BUILT_IN = ['', 'apps', 'batch', 'policy'];
/** The resource as `oc` wants it. */
export const resourceArgument = ({ plural, group }: Pick<Kind, 'plural' | 'group'>): string =>
  (BUILT_IN.includes(group) || group.endsWith('.k8s.io') ? plural : `${plural}.${group}`);

type Piece = string | Late<string | number>;
const join = (...pieces: readonly (readonly Piece[])[]): Command => {
  const parts: string[] = [''];
  const values: Late<string | number>[] = [];
  for (const [text, value] of pieces) {
    parts[parts.length - 1] += String(text);
    if (value === undefined) continue;
    values.push(value);
    parts.push('');
  }
  return { parts, values };
};

const inNamespace = (where: Late<string>): readonly Piece[] =>
  where === 'all namespaces' ? [' -A'] : where === 'the cluster' ? [''] : [' -n ', where];

/** The shell command that shows the same as the source; `undefined` for PromQL, which is its own command. */
export const commandOf = (source: Exclude<Source, { kind: 'metrics' }>): Command => {
  switch (source.kind) {
    case 'object': return join([`oc get ${resourceArgument(source.of)} `, source.name], inNamespace(source.in), [' -o yaml']);
    case 'list': return join(
      [`oc get ${resourceArgument(source.of)}`], inNamespace(source.in),
      source.labels === undefined ? [''] : [' -l ', source.labels],
      source.fields === undefined ? [''] : [' --field-selector ', source.fields],
    );
    case 'log': return join(
      ['oc logs -n ', source.in], [' ', source.pod], source.container === undefined ? [''] : [' -c ', source.container],
      [`${source.previous ? ' --previous' : ''} --tail=${source.tail}${source.since ? ` --since=${source.since}s` : ''} --timestamps`],
    );
    case 'rules': return sh`oc get prometheusrules.monitoring.coreos.com -A -o yaml`;
    case 'api': return join([`oc get --raw ${source.group ? `/apis/${source.group}` : '/api'}/${source.version}`]);
    case 'access': {
      // `pods/log` would ask about a pod of that name (kubectl auth can-i --help).
      const { verb, group, resource, subresource, namespace, name } = source.permission;
      return join(
        [`oc auth can-i ${verb} ${resource}${group ? `.${group}` : ''}`], name === undefined ? [''] : ['/', name],
        [subresource ? ` --subresource=${subresource}` : ''], namespace === undefined ? [''] : [' -n ', namespace],
      );
    }
    default: return source satisfies never;
  }
};

const placeOf = ({ namespace }: Operation['target']): { namespace?: string } => (namespace === undefined ? {} : { namespace });

/** The permission that a write needs. To create cannot be allowed by name: the object is not there yet. */
export const permissionOfWrite = (operation: Operation): Permission => {
  const { target } = operation;
  const { group = '', plural: resource, name } = target;
  const place = placeOf(target);
  switch (operation.verb) {
    case 'create': return { verb: 'create', group, resource, ...place };
    case 'evict': return { verb: 'create', group: '', resource, subresource: 'eviction', name, ...place };
    case 'call': return { verb: 'update', group: `subresources.${group}`, resource, subresource: operation.subresource, name, ...place };
    case 'delete': return { verb: 'delete', group, resource, name, ...place };
    case 'patch': return { verb: 'patch', group, resource, name, ...(operation.subresource ? { subresource: operation.subresource } : {}), ...place };
    default: return operation satisfies never;
  }
};

// Of a nested subresource kube-apiserver looks at the first part alone (k8s.io/apiserver pkg/endpoints/request/requestinfo.go), and virt-api
// once more at the whole (KubeVirt 1.8.4, pkg/virt-api/rest/authorizer.go). KubeVirt's own roles grant only the whole.
const looked = (permission: Permission): readonly Permission[] => {
  const [first, nested] = permission.subresource?.split('/') ?? [];
  return nested === undefined ? [permission] : [permission, { ...permission, subresource: first }];
};

/** The permissions that a plan needs, each once. Of a selection it is asked per namespace, not per object. */
export const permissionsOfPlan = ({ operations, selection }: Pick<Plan, 'operations' | 'selection'>): readonly Permission[] => {
  const all = operations.map(permissionOfWrite).flatMap(looked).map(({ name, ...rest }) => (selection || name === undefined ? rest : { ...rest, name }));
  return [...new Map(all.map((permission) => [JSON.stringify(permission), permission])).values()];
};

/** True if nothing in it is late any more. */
export const isFilled = (permission: Permission<Late<string>>): permission is Permission =>
  !isRef(permission.namespace) && !isRef(permission.name);
