import { type ReadStep, type ReaderRole, type Runbook, isRef, permissionOf } from '../../../src/engine';
import { askedOf } from '../../../src/testing/api/path';
import { type Asked } from '../truth/look';

/** One right that was made use of. */
interface Use {
  readonly verb: string;
  readonly group: string;
  /** With its subresource: `pods/log`. */
  readonly resource: string;
  readonly namespace: string | undefined;
}

/** What a read of the API server needs; undefined for discovery and reviews, which everybody may ask. */
export const useOf = ({ method, path }: Pick<Asked, 'method' | 'path'>): Use | undefined => {
  const asked = method === 'GET' ? askedOf(path.split('?')[0] ?? '') : undefined;
  if (!asked) return undefined;
  const { group, plural, namespace, name, subresource } = asked;
  return {
    verb: name === undefined ? 'list' : 'get', group, resource: subresource === undefined ? plural : `${plural}/${subresource}`,
    namespace: namespace ?? (plural === 'namespaces' ? name : undefined),
  };
};

/** The rights of roles of which no use was made, one line per verb and resource; those of Prometheus count as used if it was asked. */
export const unusedOf = (roles: readonly ReaderRole[], uses: readonly Use[], askedPrometheus: boolean): readonly string[] =>
  roles.flatMap(({ kind, metadata: { namespace }, rules }) => rules.flatMap(({ apiGroups, resources, verbs }) => apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.flatMap((verb) => {
    const isUsed = resource === 'prometheuses/api' ? askedPrometheus
      : uses.some((use) => use.group === group && use.resource === resource && use.verb === verb && (namespace === undefined || use.namespace === namespace));
    return isUsed ? [] : [`${kind}${namespace === undefined ? '' : ` in ${namespace}`}: ${verb} ${resource} of "${group}"`];
  })))));

const late = (value: unknown): boolean => isRef(value) || (typeof value === 'object' && value !== null && Object.values(value).some(late));

/**
 * Reads that a runbook makes only after it has found something, or where the alert names something: what a scenario does not lead to is not
 * superfluous for that. Keys are verb, resource with its subresource, and group.
 */
export const conditionalOf = ({ diagnosis, affected, around }: Runbook): ReadonlySet<string> => new Set(
  [...diagnosis, ...(affected ? [affected] : []), ...around].filter((step): step is ReadStep => step.kind === 'read').flatMap(({ reads }) => Object.values(reads)).flatMap((read) => {
    const permission = permissionOf(read.kind === 'each' ? read.source : read);
    // The namespace of the installation is late everywhere, and known wherever there is one.
    const { in: _, ...rest } = read as { in?: unknown };
    return permission && (read.kind === 'each' || late(rest)) ? [`${permission.verb} ${permission.resource}${permission.subresource ? `/${permission.subresource}` : ''} of "${permission.group}"`] : [];
  }),
);
