import { type Message, msg } from '../engine/message';
import { type Deployment, type KubeVirt } from '../sources/objects';

/** What starts to move once virt-operator reconciles again. */
export interface Resumption {
  /** What happens, in the order in which it happens. */
  readonly effects: readonly Message[];
  readonly vmsAffected: Message;
  /** The worst that can happen to a running VM. */
  readonly worst: 'nothing' | 'migration' | 'shutdown';
}

/** virt-controller's own defaults where the KubeVirt object says nothing: KubeVirt 1.8.4, watch/workload-updater. */
const BATCH = 10;
const INTERVAL = '1m';

const broughtVersion = ({ spec }: Deployment): string | undefined =>
  spec?.template?.spec?.containers?.flatMap(({ env = [] }) => env).find(({ name }) => name === 'KUBEVIRT_VERSION')?.value;

const versions = (operator: Deployment, { status = {} }: KubeVirt) => {
  const from = status.observedKubeVirtVersion;
  const to = broughtVersion(operator) ?? status.targetKubeVirtVersion;
  return { from, to, moves: from !== undefined && to !== undefined && from !== to };
};

const onUpgrade = (of: KubeVirt): Pick<Resumption, 'vmsAffected' | 'worst'> & { readonly says: Message } => {
  const { workloadUpdateMethods: methods = [], batchEvictionSize: size = BATCH, batchEvictionInterval: interval = INTERVAL } = of.spec?.workloadUpdateStrategy ?? {};
  if (methods.includes('Evict')) {
    const says = methods.includes('LiveMigrate')
      ? msg('Then every running VM is outdated: those that can are migrated, the others are shut down, {{size}} every {{interval}}.', { size, interval })
      : msg('Then every running VM is outdated and is shut down to start anew, {{size}} every {{interval}}.', { size, interval });
    return { says, worst: 'shutdown', vmsAffected: msg('All running VMs, after the upgrade: migrated or shut down in batches.') };
  }
  return methods.includes('LiveMigrate')
    ? { says: msg('Then every running VM that can is migrated to get the new version.'), worst: 'migration', vmsAffected: msg('All running VMs that can migrate, after the upgrade.') }
    : { says: msg('Running VMs keep the old version until somebody restarts or migrates them.'), worst: 'nothing', vmsAffected: msg('None.') };
};

/**
 * What resumes when virt-operator comes back: an upgrade that waited, changes of the KubeVirt object that nobody acted on,
 * and what both mean for running VMs. Outdated VMs of the deployed version are virt-controller's work, which never stopped.
 */
export const resumptionOf = (operator: Deployment, kubevirt: KubeVirt): Resumption => {
  const { from, to, moves } = versions(operator, kubevirt);
  const outdated = kubevirt.status?.outdatedVirtualMachineInstanceWorkloads ?? 0;
  const seen = kubevirt.status?.observedGeneration;
  const changed = seen !== undefined && kubevirt.metadata.generation !== undefined && seen < kubevirt.metadata.generation;
  const starts = msg('virt-operator starts, takes the leader lease and compares every component with what it should be.');
  const waiting = msg('{{outdated}} VMs run an older version already. virt-controller takes care of them with or without virt-operator.', { outdated });
  const catchesUp = changed ? [msg('The KubeVirt object was changed meanwhile. Components whose configuration that touches are rolled, virt-handler node by node.')] : [];
  if (moves) {
    const { says, ...rest } = onUpgrade(kubevirt);
    return {
      ...rest,
      effects: [starts, msg('An upgrade starts: from {{from}} to {{to}}. virt-api, virt-controller and virt-handler are replaced first.', { from: from ?? '', to: to ?? '' }), says],
    };
  }
  const stays = from === undefined ? [] : [msg('No upgrade starts: {{from}} is deployed and wanted.', { from })];
  return {
    effects: [starts, ...stays, ...catchesUp, ...(outdated > 0 ? [waiting] : [])],
    vmsAffected: msg('None. Running VMs do not notice.'),
    worst: 'nothing',
  };
};
