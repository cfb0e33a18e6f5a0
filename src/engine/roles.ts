import { type Late, type Ref, isRef } from './late';
import { READ_METRICS, permissionOf } from './needs';
import { type Runbook } from './runbook';
import { type EachSource, type Permission, type Source } from './source';
import { type ReadStep } from './step';

/** One rule of a role, as Kubernetes writes it (rbac.authorization.k8s.io/v1 PolicyRule). */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** A ClusterRole, or a Role where it has a namespace. */
export interface ReaderRole {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'ClusterRole' | 'Role';
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules: readonly PolicyRule[];
}

const isRead = (step: { readonly kind: string }): step is ReadStep => step.kind === 'read';

const sourcesOf = (runbook: Runbook): readonly Source[] => {
  const steps: readonly { readonly kind: string }[] = [...runbook.diagnosis, ...(runbook.affected ? [runbook.affected] : []), ...runbook.around];
  return steps.filter(isRead).flatMap(({ reads }) => Object.values(reads).map((read): Source => (isEach(read) ? read.source : read)));
};

const isEach = (read: Source | EachSource<unknown>): read is EachSource<unknown> => read.kind === 'each';

/** Where virtualization is installed: how sources refer to it, and which namespace that is. */
export interface Installation {
  readonly ref: Ref<string>;
  readonly namespace: string;
}

/** The one namespace in which a permission is needed; undefined for all, none, or one that only an alert names. */
const placeOf = (namespace: Late<string> | undefined, { ref, namespace: install }: Installation): string | undefined => {
  if (!isRef(namespace)) return namespace;
  return namespace.from === 'output' && ref.from === 'output' && namespace.step === ref.step && namespace.output === ref.output ? install : undefined;
};

/**
 * The roles that reading these runbooks needs: a ClusterRole for what is read outside namespaces or in any of them, and a
 * Role for each fixed namespace, that of the installation among them. None holds secrets.
 */
export const rolesOf = (runbooks: readonly Runbook[], installation: Installation, name: string): readonly ReaderRole[] => {
  const needed = [READ_METRICS, ...runbooks.flatMap(sourcesOf).flatMap((source) => permissionOf(source) ?? [])];
  const places = new Map<string | undefined, Permission<Late<string>>[]>();
  for (const permission of needed) {
    const place = placeOf(permission.namespace, installation);
    places.set(place, [...(places.get(place) ?? []), permission]);
  }
  const everywhere = rulesOf(places.get(undefined) ?? []);
  return [...places].sort(([a = ''], [b = '']) => a.localeCompare(b, 'en')).flatMap(([namespace, permissions]): readonly ReaderRole[] => {
    // What may be done anywhere need not be granted again in one namespace.
    const rules = namespace === undefined ? everywhere : rulesOf(permissions).map((rule) => without(rule, everywhere)).filter(({ resources }) => resources.length > 0);
    return rules.length === 0 ? [] : [{
      apiVersion: 'rbac.authorization.k8s.io/v1', kind: namespace === undefined ? 'ClusterRole' : 'Role',
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, rules,
    }];
  });
};

const resourceOf = ({ resource, subresource }: Permission<Late<string>>): string => (subresource ? `${resource}/${subresource}` : resource);

/** Permissions as rules: one per group and set of verbs, resources in order. Only a fixed name narrows a rule. */
const rulesOf = (permissions: readonly Permission<Late<string>>[]): readonly PolicyRule[] => {
  const verbs = new Map<string, { group: string; resource: string; name: string | undefined; verbs: Set<string> }>();
  for (const permission of permissions) {
    // Only `prometheuses/api` is checked by name; other objects may be called differently on another cluster.
    const name = permission.subresource === READ_METRICS.subresource && typeof permission.name === 'string' ? permission.name : undefined;
    const key = JSON.stringify([permission.group, resourceOf(permission), name]);
    const entry = verbs.get(key) ?? { group: permission.group, resource: resourceOf(permission), name, verbs: new Set<string>() };
    entry.verbs.add(permission.verb);
    verbs.set(key, entry);
  }
  const rules = new Map<string, PolicyRule>();
  for (const { group, resource, name, verbs: set } of verbs.values()) {
    const sorted = [...set].sort();
    const key = JSON.stringify([group, sorted, name]);
    const before = rules.get(key);
    rules.set(key, {
      apiGroups: [group], resources: [...(before?.resources ?? []), resource].sort(), ...(name === undefined ? {} : { resourceNames: [name] }), verbs: sorted,
    });
  }
  return [...rules.entries()].sort(([a], [b]) => a.localeCompare(b, 'en')).map(([, rule]) => rule);
};

const covers = (rule: PolicyRule, group: string, resource: string, verbs: readonly string[]): boolean =>
  rule.apiGroups.includes(group) && rule.resources.includes(resource) && verbs.every((verb) => rule.verbs.includes(verb));

const without = (rule: PolicyRule, granted: readonly PolicyRule[]): PolicyRule =>
  ({ ...rule, resources: rule.resources.filter((resource) => !granted.some((one) => covers(one, rule.apiGroups[0] ?? '', resource, rule.verbs))) });
