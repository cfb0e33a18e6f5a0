import { type Finding, info, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { step } from '../engine/step';
import { type ClusterServiceVersion, type ClusterVersion, type KubeVirt, type MachineConfigPool } from '../sources/objects';
import { clusterServiceVersions, clusterVersion, machineConfigPools } from '../sources/platform';
import { kubeVirts } from '../sources/virtualization';
import { isTrue } from './conditions';
import { installed } from './installed';

/** How long OLM may take to replace an operator before that is no excuse any more, seconds: pull and start take minutes. */
const OPERATOR_LIMIT = 20 * 60;

const REASONS = ['none', 'operator', 'operatorOverdue', 'virtualization', 'platform', 'pools'] as const;
type Reason = (typeof REASONS)[number];

interface Seen {
  readonly kubevirts: Evidence<KubeVirt>;
  readonly versions: Evidence<ClusterServiceVersion>;
  readonly platform: Evidence<ClusterVersion>;
  readonly pools: Evidence<MachineConfigPool>;
}

interface Upgrade {
  readonly reason: Exclude<Reason, 'none'>;
  readonly says: Message;
  readonly since?: string;
}

/** An older version on its way out beside a newer one on its way in. A mere re-installation is none. */
const ofOperator = (versions: readonly ClusterServiceVersion[], now: number): readonly Upgrade[] => {
  const old = versions.find(({ status }) => status?.phase === 'Replacing');
  const next = versions.find(({ spec, status }) => old && spec?.replaces === old.metadata.name && status?.phase !== 'Succeeded');
  if (!old || !next) return [];
  const since = next.status?.lastTransitionTime ?? next.metadata.creationTimestamp;
  const overdue = since !== undefined && (now - Date.parse(since)) / 1000 > OPERATOR_LIMIT;
  const says = msg('OLM replaces {{old}} by {{next}}, which is {{phase}}.', { old: old.metadata.name, next: next.metadata.name, phase: next.status?.phase ?? '' });
  return [{ reason: overdue ? 'operatorOverdue' : 'operator', says, since }];
};

const ofVirtualization = (kubevirts: readonly KubeVirt[]): readonly Upgrade[] => kubevirts.flatMap(({ status = {} }) => {
  const { observedKubeVirtVersion: from, targetKubeVirtVersion: to } = status;
  return from && to && from !== to ? [{ reason: 'virtualization' as const, says: msg('KubeVirt goes from {{from}} to {{to}}.', { from, to }) }] : [];
});

const ofPlatform = (platform: readonly ClusterVersion[]): readonly Upgrade[] => platform.flatMap(({ status }) => {
  const going = isTrue(status?.conditions, 'Progressing');
  return going ? [{
    reason: 'platform' as const, since: going.lastTransitionTime ?? undefined,
    says: msg('OpenShift goes to {{version}}.', { version: status?.desired?.version ?? '' }),
  }] : [];
});

const ofPools = (pools: readonly MachineConfigPool[]): readonly Upgrade[] => pools.flatMap(({ metadata: { name }, status = {} }) => {
  const going = isTrue(status.conditions, 'Updating');
  return going ? [{
    reason: 'pools' as const, since: going.lastTransitionTime ?? undefined,
    says: msg('{{updated}} of {{all}} nodes of the pool {{name}} are updated; nodes are drained and restarted one after the other.', { updated: status.updatedMachineCount ?? 0, all: status.machineCount ?? 0, name }),
  }] : [];
});

const conclude = ({ kubevirts, versions, platform, pools }: Seen, now: number): Finding<Reason> => {
  const all = [...ofOperator(versions.items, now), ...ofVirtualization(kubevirts.items), ...ofPlatform(platform.items), ...ofPools(pools.items)];
  const [first, ...others] = all;
  if (!first) return pass<Reason>('none', msg('No.'));
  return (first.reason === 'operatorOverdue' ? warn : info)(first.reason, first.says, {
    also: others.map(({ reason }) => reason),
    rows: [{
      of: 'table', columns: [msg('Under way'), msg('Since')],
      rows: all.map(({ says, since }) => [{ message: says }, since === undefined ? null : { instant: since }]),
    }],
  });
};

/** Is something being upgraded that explains why pods come and go? */
export const upgrade = step({
  id: 'upgrade',
  asks: msg('Is an upgrade running?'),
  why: msg('Most alerts of the control plane fire during an upgrade. Some of them pass with it.'),
  reads: {
    kubevirts: kubeVirts(), versions: clusterServiceVersions(installed.out.namespace), platform: clusterVersion(), pools: machineConfigPools(),
  },
  required: false,
  reasons: REASONS,
  check: (seen, { now }) => conclude(seen, now),
});
