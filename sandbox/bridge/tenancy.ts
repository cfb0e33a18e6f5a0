import { parser } from '@prometheus-io/lezer-promql';

/** A query that cannot be confined to a namespace: it is answered with 400 and never sent on. */
export class UnenforceableQuery extends Error {}

// RFC 1123 label: nothing in it needs quoting, so the matcher cannot be broken out of.
const NAMESPACE_NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Is this a name that a namespace can have? */
export const isNamespaceName = (name: string): boolean => NAMESPACE_NAME.test(name);

interface Insertion {
  at: number;
  text: string;
}

/**
 * The query, confined to one namespace: every vector selector in it gets the matcher `namespace="NS"`. A namespace
 * matcher that is already there stays beside ours, so the two can only narrow each other. The same is done by
 * prom-label-proxy, which stands behind the console's tenancy address in a cluster.
 * @throws UnenforceableQuery if the query does not parse, since then no one can say where its selectors are.
 */
export function enforceNamespace(query: string, namespace: string): string {
  if (!isNamespaceName(namespace)) throw new UnenforceableQuery(`"${namespace}" is not the name of a namespace`);
  const insertions: Insertion[] = [];
  parser.parse(query).iterate({
    enter: (node) => {
      if (node.type.isError) throw new UnenforceableQuery(`the query does not parse at character ${node.from + 1}`);
      if (node.name !== 'VectorSelector') return;
      const braces = node.node.getChild('LabelMatchers');
      const matcher = `namespace="${namespace}"`;
      if (!braces) insertions.push({ at: node.to, text: `{${matcher}}` });
      // Ours goes first: what follows may end with a comma or a comment.
      else insertions.push({ at: braces.from + 1, text: hasMatchers(query, braces.from, braces.to) ? `${matcher},` : matcher });
    },
  });
  return insertions.sort((a, b) => b.at - a.at).reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), query);
}

/** Is there anything but white space and comments between the braces? */
function hasMatchers(query: string, from: number, to: number): boolean {
  let found = false;
  parser.parse(query).iterate({
    from,
    to,
    enter: (node) => {
      if (node.from > from && node.to < to && /Matcher$|QuotedLabelName/.test(node.name)) found = true;
    },
  });
  return found;
}

/** The parameters of a query endpoint behind the tenancy address. */
const SELECTOR_PARAMETERS = ['query', 'match[]'] as const;

/**
 * The parameters of a tenancy request as they may be sent on: `namespace` is taken out, every selector is confined.
 * An endpoint that takes `match[]` and was given none is confined by one of ours.
 * @throws UnenforceableQuery
 */
export function confine(parameters: URLSearchParams, namespace: string, endpoint: string): URLSearchParams {
  const confined = new URLSearchParams();
  for (const [name, value] of parameters) {
    if (name === 'namespace') continue;
    const isSelector = SELECTOR_PARAMETERS.some((selector) => selector === name);
    confined.append(name, isSelector ? enforceNamespace(value, namespace) : value);
  }
  const isQuery = endpoint === 'query' || endpoint === 'query_range';
  if (!isQuery && !confined.has('match[]')) confined.append('match[]', `{namespace="${namespace}"}`);
  return confined;
}

interface Rule {
  labels?: Record<string, string>;
}
interface RulesBody {
  status: string;
  data?: { groups?: { rules?: Rule[] }[] };
}

/** The answer of the rules endpoint with only the rules whose own label `namespace` is this one. Empty groups go. */
export function rulesOf(body: RulesBody, namespace: string): RulesBody {
  const groups = (body.data?.groups ?? [])
    .map((group) => ({ ...group, rules: (group.rules ?? []).filter((rule) => rule.labels?.['namespace'] === namespace) }))
    .filter((group) => group.rules.length > 0);
  return { ...body, data: { ...body.data, groups } };
}

/**
 * Which endpoint below `/api/v1/` a tenancy path names, or undefined if it is not served there. Those the cluster's
 * own proxy serves: query, query_range, labels, label values, series, rules.
 */
export function tenancyEndpoint(path: string): string | undefined {
  return /^\/api\/v1\/(query|query_range|labels|series|rules|label\/[A-Za-z_][A-Za-z0-9_]*\/values)$/.exec(path)?.[1];
}
