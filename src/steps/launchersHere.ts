import { type Finding, info, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type ListSource } from '../engine/source';
import { step } from '../engine/step';
import { type Pod } from '../sources/objects';
import { pods } from '../sources/pods';
import { alertNode, onAlertNode } from './alertNode';
import { LAUNCHER } from './launcherReadings';

/** Launcher pods of one node: a node carries 250 to 500 pods. */
const MOST = 500;

/** The launcher pods of the node that the alert names, whatever their phase. */
export const launchersThere: ListSource<Pod> = pods({ in: 'all namespaces', labels: LAUNCHER, fields: onAlertNode, atMost: MOST });

/** Has every container of the pod ended for good? */
export const isFinished = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

const REASONS = ['active', 'onlyFinished', 'none'] as const;

/** Are there launcher pods on the node, and is one of them alive? The rule counts them in any phase: KubeVirt v1.8.4 pkg/monitoring/rules, kube_pod_info. */
export const launchersHere = step({
  id: 'launchers-here',
  asks: msg('Does the node carry launcher pods that have not ended?'),
  why: msg('The rule counts launcher pods that ended long ago as well. If there are no others, no VM is concerned.'),
  reads: { launchers: launchersThere },
  inputs: { node: alertNode },
  reasons: REASONS,
  check: ({ launchers: { items } }, { inputs: { node } }): Finding<(typeof REASONS)[number]> => {
    const finished = items.filter(isFinished);
    const active = items.length - finished.length;
    const details = {
      expected: msg('1 that has not ended, or none at all'), actual: msg('{{active}} that have not ended, {{finished}} that have', { active, finished: finished.length }),
      rows: finished.length === 0 ? [] : [{
        of: 'table' as const, columns: [msg('Ended pod'), msg('Phase'), msg('Created')],
        rows: finished.map(({ metadata, status }) => [
          { object: { kind: 'Pod', name: metadata.name, namespace: metadata.namespace ?? '' } }, status?.phase ?? null, metadata.creationTimestamp ? { instant: metadata.creationTimestamp } : null,
        ]),
      }],
    };
    if (items.length === 0) return pass('none', msg('No. There is no launcher pod on {{node}} any more: the alert clears by itself.', { node }), details);
    return active > 0
      ? info('active', msg('Yes: {{active}} on {{node}}.', { active, node }), details)
      : warn('onlyFinished', msg('No. The {{count}} launcher pods on {{node}} have all ended: no VM is left without virt-handler there.', { count: finished.length, node }), details);
  },
  out: {
    /** How many have not ended. */
    active: ({ launchers: { items } }) => items.filter((pod) => !isFinished(pod)).length,
  },
});
