import { type Finding, fail, notApplicable, pass, warn } from '../engine/finding';
import { msg } from '../engine/message';
import { type LogLine, each } from '../engine/source';
import { step } from '../engine/step';
import { podLog } from '../sources/logs';
import { kubeVirts } from '../sources/virtualization';
import { STALE_NETWORK } from './launcherLog';
import { launchersPerVm } from './launchersPerVm';
import { migrationHandler } from './migrationHandler';
import { virtHandler } from './workloads';

const REASONS = ['notNeeded', 'staleNetwork', 'staleThoughRepaired', 'clean', 'noHandler'] as const;
type Code = (typeof REASONS)[number];

/** Does this release of KubeVirt have the bug? Undefined if its version does not tell. */
type HasBug = (version: string) => boolean | undefined;

/** The lines in which virt-handler passes on that a target pod found no network state. */
export const staleLines = (lines: readonly LogLine[]): readonly LogLine[] => lines.filter(({ text }) => STALE_NETWORK.test(text));

const about = (lines: readonly LogLine[], version: string | undefined, hasBug: HasBug): Finding<Code> => {
  const stale = staleLines(lines);
  const details = {
    expected: msg('no line about a missing vif-cache file'), actual: msg('{{count}} lines', { count: stale.length }),
    rows: [{ of: 'log' as const, lines: stale.map(({ pod, at, text }) => ({ from: pod, ...(at ? { at } : {}), text, marked: true })) }],
  };
  if (stale.length === 0) return pass('clean', msg('virt-handler on that node does not miss network state of any target pod.'), details);
  if (version === undefined) return fail<Code>('staleNetwork', msg('virt-handler on that node prepares each new target with the network state of a dead one, so none can succeed there (kubevirt#18087).'), details);
  // A build whose version cannot be read may well have it: the lines are there.
  const affected = hasBug(version) ?? true;
  return affected
    ? fail<Code>('staleNetwork', msg('virt-handler on that node prepares each new target with the network state of a dead one, so none can succeed there. KubeVirt {{version}} has this bug (kubevirt#18087).', { version }), details)
    : warn<Code>('staleThoughRepaired', msg('virt-handler on that node misses network state of target pods, though KubeVirt {{version}} has the repair of kubevirt#18087.', { version }), details);
};

/** The last hour of virt-handler on the node where targets die. One description: steps that ask for it share one reading. */
export const migrationNetworkLog = each(migrationHandler.out.handlers, { atMost: 1 }, ({ pod, container }) =>
  podLog({ in: virtHandler.in, pod, container, tail: 2000, since: 3600 }));

/** Does virt-handler of that node show the known bug of migration targets that can never start (kubevirt/kubevirt#18087)? */
export const migrationNetworkState = (hasBug: HasBug) => step({
  id: 'migration-network-state',
  asks: msg('Does that node keep network state of a dead migration target?'),
  why: msg('Then cancelling migrations heals nothing: each new target dies in the same way.'),
  reads: {
    logs: migrationNetworkLog,
    kubevirts: kubeVirts(),
  },
  optional: ['kubevirts'],
  inputs: { spots: launchersPerVm.out.worst, handlers: migrationHandler.out.handlers },
  reasons: REASONS,
  check: ({ logs, kubevirts }, { inputs: { spots, handlers } }) => {
    if (spots.length === 0) return notApplicable('notNeeded', msg('Not needed: no VM has many failed pods on one node.'));
    if (handlers.length === 0) return warn<Code>('noHandler', msg('No virt-handler runs on that node, so it cannot be asked.'), { expected: msg('1 virt-handler'), actual: msg('none') });
    return about(logs.items, kubevirts.items[0]?.status?.observedKubeVirtVersion, hasBug);
  },
});
