import { type Finding, notApplicable, pass, warn } from '../engine/finding';
import { text } from '../engine/late';
import { msg } from '../engine/message';
import { each } from '../engine/source';
import { step } from '../engine/step';
import { podNames } from '../sources/pods';
import { LAUNCHER, MIGRATION_NAME, MIGRATION_UID, vmiRef } from './launcherReadings';
import { launchersPerVm } from './launchersPerVm';

const REASONS = ['notNeeded', 'many', 'few'] as const;
type Code = (typeof REASONS)[number];

/** More dead targets of one VM on one node than bad luck explains: our judgement. kubevirt/kubevirt#18087 saw thousands. */
const MANY = 10;

/** Are the many failed pods of one VM on one node migration targets? */
export const migrationTargets = step({
  id: 'migration-targets',
  asks: msg('Do migration targets of one VM keep dying on one node?'),
  why: msg('A target that dies before its migration begins can leave network state behind that kills each successor on that node.'),
  reads: {
    targets: each(launchersPerVm.out.worst, { atMost: 1 }, ({ namespace, node }) =>
      podNames({ in: namespace, labels: `${LAUNCHER},${MIGRATION_UID}`, fields: text`status.phase=Failed,spec.nodeName=${node}`, atMost: 50 })),
  },
  inputs: { spots: launchersPerVm.out.worst },
  reasons: REASONS,
  check: ({ targets }, { inputs: { spots: [spot] } }): Finding<Code> => {
    if (!spot) return notApplicable('notNeeded', msg('Not needed: no VM has many failed pods on one node.'));
    // Long names are cut in pod names, and a selector knows no prefix: the pods of the VM are picked here.
    const own = targets.items.filter(({ metadata }) => metadata.name.startsWith(`virt-launcher-${spot.vm}`));
    const details = {
      expected: msg('at most {{many}} dead targets of one VM on one node', { many: MANY }),
      actual: msg('{{count}} of the pods that were read', { count: own.length }),
      subjects: [vmiRef({ name: spot.vm, namespace: spot.namespace })],
      rows: [{
        of: 'table' as const,
        columns: [msg('Pod'), msg('Created'), msg('Migration')],
        rows: own.slice(0, 20).map(({ metadata }) => [metadata.name, metadata.creationTimestamp ? { instant: metadata.creationTimestamp } : null, metadata.annotations?.[MIGRATION_NAME] ?? null]),
        more: Math.max(0, own.length - 20),
      }],
    };
    return own.length > MANY
      ? warn<Code>('many', msg('More than {{many}} migrations of VM {{vm}} have lost their target pod on node {{node}}.', { many: MANY, vm: spot.vm, node: spot.node }), details)
      : pass('few', msg('{{count}} of them are migration targets: this is not a loop of dead targets.', { count: own.length }), details);
  },
});
