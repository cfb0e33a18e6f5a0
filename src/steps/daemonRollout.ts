import { type Finding, info, notApplicable, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { type DaemonSet, type Pod } from '../sources/objects';
import { podsOf } from '../sources/pods';
import { type Workload } from '../sources/workload';
import { type WorkloadObject, workloadObject } from '../sources/workloadObjects';
import { hostOf } from './handlerNodes';
import { judge } from './podState';

/**
 * How long one pod of a rollout may take before it counts as stuck, seconds: virt-handler is given 330 s to end (KubeVirt v1.8.4
 * components/daemonsets.go), then comes the pull of its image.
 */
const PATIENCE = 15 * 60;

const REASONS = ['done', 'rolling', 'stuck', 'absent'] as const;

interface Seen {
  readonly set: Evidence<WorkloadObject>;
  readonly pods: Evidence<Pod>;
}

const youngest = (pods: readonly Pod[]): string | undefined => pods.map(({ metadata }) => metadata.creationTimestamp ?? '').toSorted().at(-1);

const conclude = ({ set: { items }, pods }: Seen, now: number): Finding<(typeof REASONS)[number]> => {
  const set = items[0] as DaemonSet | undefined;
  if (!set) return notApplicable('absent', msg('Not needed: there is no DaemonSet.'));
  const { desiredNumberScheduled: wanted = 0, updatedNumberScheduled: updated = 0 } = set.status ?? {};
  const waiting = pods.items.filter((pod) => judge(pod, now).state !== 'ready').map((pod) => hostOf(pod) ?? pod.metadata.name);
  const last = youngest(pods.items);
  const most = String(set.spec?.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1);
  const details = {
    expected: msg('{{wanted}} of {{wanted}} pods of the newest template', { wanted }), actual: msg('{{updated}} of {{wanted}}', { updated, wanted }),
    rows: [{ of: 'table' as const, columns: [msg('May be unavailable at once'), msg('Newest pod made')], rows: [[most, last ? { instant: last } : null]] }],
  };
  if (updated >= wanted) return pass('done', msg('No. All {{wanted}} pods are of the newest template.', { wanted }), details);
  if (last !== undefined && (now - Date.parse(last)) / 1000 <= PATIENCE) {
    return info('rolling', msg('Yes: {{updated}} of {{wanted}} pods are of the newest template, and the last one was made {{last}}.', { updated, wanted, last: { instant: last } }), details);
  }
  return warn('stuck', msg('A rollout stands still at {{updated}} of {{wanted}} pods: it replaces no more while {{most}} may be unavailable, and these nodes have no ready pod: {{nodes}}', { updated, wanted, most, nodes: { list: waiting } }), details);
};

/** Is a DaemonSet being rolled out, and does it get on? One pod on a dead node is enough to stop it everywhere. */
export const daemonRollout = (of: Workload) => step({
  id: 'rollout',
  asks: msg('Is {{name}} being rolled out?', { name: of.name }),
  why: msg('virt-operator rolls it out one pod at first, then a tenth of the nodes at a time, and each pod may take minutes to end. A single node that does not come back stops the rollout everywhere.'),
  reads: { set: workloadObject(of), pods: podsOf(of) },
  required: false,
  reasons: REASONS,
  check: (seen, { now }) => conclude(seen, now),
});
