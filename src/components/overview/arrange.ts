import { type Runbook } from '../../engine';
import { type Firing, begin, severityRank } from '../../engine/firing';

/** One alert name that fires, with all its instances, most severe and oldest first. */
export interface FiringAlert {
  readonly alert: string;
  readonly severity: string | undefined;
  /** ISO 8601, of the instance that began first. */
  readonly activeAt: string | undefined;
  readonly instances: readonly Firing[];
}

/** An alert and those that follow from it. */
export interface FiringTree extends FiringAlert {
  readonly consequences: readonly FiringAlert[];
}

/** Whom an alert is related to: static knowledge of the runbooks. */
export type Relations = (alert: string) => Runbook['related'];

const severityOf = ({ alert, rule }: Firing): string | undefined => alert.labels['severity'] ?? rule.labels['severity'];

/** Firing instances gathered by alert name, the most pressing name first. */
export const byAlert = (firing: readonly Firing[]): readonly FiringAlert[] => {
  const names = [...new Set(firing.map(({ rule }) => rule.alert))];
  return names
    .map((alert): FiringAlert => {
      const instances = firing.filter(({ rule }) => rule.alert === alert)
        .sort((a, b) => severityRank(severityOf(a)) - severityRank(severityOf(b)) || begin(a.alert.activeAt) - begin(b.alert.activeAt));
      const [first] = [...instances].sort((a, b) => begin(a.alert.activeAt) - begin(b.alert.activeAt));
      return { alert, severity: instances[0] && severityOf(instances[0]), activeAt: first?.alert.activeAt, instances };
    })
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || compareBegin(a, b) || a.alert.localeCompare(b.alert));
};

const compareBegin = (a: FiringAlert, b: FiringAlert): number => {
  const [x, y] = [begin(a.activeAt), begin(b.activeAt)];
  return x === y ? 0 : x - y;
};

/**
 * Firing alerts as trees: what follows from another firing alert stands below it. A relation counts in both directions
 * in which runbooks state it; two alerts that name each other stay side by side, and nothing is lost in a circle.
 */
export const arrange = (firing: readonly Firing[], relations: Relations): readonly FiringTree[] => {
  const alerts = byAlert(firing);
  const says = (of: string, relation: 'cause' | 'consequence', other: string): boolean =>
    relations(of).some((each) => each.alert === other && each.relation === relation);
  const leadsTo = (a: string, b: string): boolean => says(a, 'consequence', b) || says(b, 'cause', a);
  const follows = (b: FiringAlert, a: FiringAlert): boolean => a !== b && leadsTo(a.alert, b.alert) && !leadsTo(b.alert, a.alert);
  const roots = alerts.filter((alert) => !alerts.some((other) => follows(alert, other)));
  const placed = new Set<FiringAlert>(roots);
  const treeOf = (root: FiringAlert): FiringTree => {
    // Grows while it is gone through: what follows from a consequence stands in the same tree.
    const tree: FiringAlert[] = [root];
    for (const above of tree) {
      const below = alerts.filter((alert) => !placed.has(alert) && follows(alert, above));
      for (const alert of below) placed.add(alert);
      tree.push(...below);
    }
    return { ...root, consequences: tree.slice(1) };
  };
  const trees = roots.map(treeOf);
  // Three that follow from each other in a circle have no root: they stand side by side.
  return [...trees, ...alerts.filter((alert) => !placed.has(alert)).map((alert) => ({ ...alert, consequences: [] }))];
};

/** The VMs that firing alerts name by their labels, each once: `namespace/name`. */
export const namedVms = (firing: readonly Firing[]): readonly string[] => [...new Set(firing.flatMap(({ alert: { labels } }) => {
  const name = labels['name'] ?? labels['vmName'] ?? labels['vmi'];
  const namespace = labels['namespace'] ?? labels['ns'];
  // As the console's virtualization plugin tells VM alerts from platform alerts.
  return labels['operator_health_impact'] === 'none' && name !== undefined && namespace !== undefined ? [`${namespace}/${name}`] : [];
}))];
