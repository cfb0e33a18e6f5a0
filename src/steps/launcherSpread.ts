import { type Finding, info, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Series } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { FAILED, query, valueOf } from './launcherReadings';

/** A namespace with failed pods, and how many. */
export interface NamespaceShare {
  /** A name, or the words of a source for every namespace when Prometheus could not say which. */
  readonly namespace: string;
  readonly count: number;
}

/** A node that holds many of them. */
export interface NodeShare {
  readonly node: string;
  readonly count: number;
}

// Four of five in one place is no accident; below ten pods everything is.
const DOMINANT = 0.8;
const ENOUGH = 10;
// One of five is worth a look at the node, and three nodes are as many as anybody looks at.
const NOTEWORTHY = 0.2;

const shares = ({ items }: Evidence<Series>, by: string) =>
  items.flatMap((series) => (series.labels[by] ? [{ name: series.labels[by], count: valueOf(series) }] : [])).toSorted((a, b) => b.count - a.count);

const sum = (of: readonly { readonly count: number }[]): number => of.reduce((total, { count }) => total + count, 0);

const dominant = (of: readonly { readonly name: string; readonly count: number }[]) =>
  (of[0] && of[0].count >= ENOUGH && of[0].count >= DOMINANT * sum(of) ? of[0] : undefined);

type Read = { readonly byNamespace: Evidence<Series>; readonly byNode: Evidence<Series> };

const namespacesOf = ({ byNamespace }: Read): readonly NamespaceShare[] =>
  (byNamespace.items.length === 0 && byNamespace.missing.length > 0
    ? [{ namespace: 'all namespaces', count: 1 }]
    : shares(byNamespace, 'namespace').slice(0, 5).map(({ name, count }) => ({ namespace: name, count })));

const nodesOf = ({ byNode }: Read): readonly NodeShare[] => {
  const all = shares(byNode, 'node');
  return all.filter(({ count }) => count >= ENOUGH && count >= NOTEWORTHY * sum(all)).slice(0, 3)
    .map(({ name, count }) => ({ node: name, count }));
};

const REASONS = ['none', 'oneNode', 'oneNamespace', 'spread'] as const;
type Code = (typeof REASONS)[number];

const about = (read: Read): Finding<Code> => {
  const namespaces = shares(read.byNamespace, 'namespace');
  const nodes = shares(read.byNode, 'node');
  const [node, namespace] = [dominant(nodes), dominant(namespaces)];
  const rows = [
    { of: 'table' as const, columns: [msg('Namespace'), msg('Failed pods')], rows: namespaces.slice(0, 10).map(({ name, count }) => [name, count]), more: Math.max(0, namespaces.length - 10) },
    { of: 'table' as const, columns: [msg('Node'), msg('Failed pods')], rows: nodes.slice(0, 10).map(({ name, count }) => [{ object: { kind: 'Node', name } }, count]), more: Math.max(0, nodes.length - 10) },
  ];
  const expected = msg('no place with most of them');
  if (node) {
    return warn<Code>('oneNode', msg('{{count}} of {{total}} failed pods are on node {{node}}.', { count: node.count, total: sum(nodes), node: node.name }), {
      also: namespace ? ['oneNamespace'] : [], expected, actual: msg('{{count}} of {{total}} on one node', { count: node.count, total: sum(nodes) }),
      subjects: [{ kind: 'Node', name: node.name }], rows,
    });
  }
  if (namespace) {
    return warn('oneNamespace', msg('{{count}} of {{total}} failed pods are in namespace {{namespace}}.', { count: namespace.count, total: sum(namespaces), namespace: namespace.name }), {
      expected, actual: msg('{{count}} of {{total}} in one namespace', { count: namespace.count, total: sum(namespaces) }),
      subjects: [{ kind: 'Namespace', name: namespace.name }], rows,
    });
  }
  return info('spread', msg('The failed pods are spread over several namespaces ({{namespaces}}) and nodes ({{nodes}}): the cause is not in one place.', { namespaces: namespaces.length, nodes: nodes.length }), {
    actual: msg('namespaces: {{namespaces}}, nodes: {{nodes}}', { namespaces: namespaces.length, nodes: nodes.length }), rows,
  });
};

/** Where the failed pods are, counted by Prometheus: never a list of pods. */
export const launcherSpread = step({
  id: 'launcher-spread',
  asks: msg('Where are the failed pods: in one namespace, on one node, or everywhere?'),
  why: msg('One namespace points at a tenant, one node at the node or its virt-handler, everywhere at something that all of them share.'),
  reads: {
    byNamespace: metric(query(`count by (namespace) (${FAILED} == 1)`), query(FAILED)),
    // Pod names repeat across namespaces, so both labels are matched.
    byNode: metric(query(`count by (node) ((${FAILED} == 1) * on (namespace, pod) group_left (node) kube_pod_info{pod=~"virt-launcher-.*",node!=""})`)),
  },
  reasons: REASONS,
  check: (read) => (read.byNamespace.items.length === 0 && read.byNode.items.length === 0
    ? pass('none', msg('No virt-launcher pod is in phase Failed.'), { expected: msg('none'), actual: msg('none') })
    : about(read)),
  out: {
    namespaces: namespacesOf,
    /** Nodes with a fifth of the failed pods or more, three at most. */
    nodes: nodesOf,
    /** The one namespace that most of them are in, as a list of none or one. */
    tenants: (read): readonly NamespaceShare[] => {
      const one = dominant(shares(read.byNamespace, 'namespace'));
      return one ? [{ namespace: one.name, count: one.count }] : [];
    },
    /** The namespace with the most of them. */
    namespace: (read) => shares(read.byNamespace, 'namespace')[0]?.name,
    /** The node with the most of them. */
    node: (read) => shares(read.byNode, 'node')[0]?.name,
  },
});
