import { healthyCluster } from '../../testing/healthy';
import { launcherMetrics } from '../../testing/launcherMetrics';
import { type Scenario } from '../../testing/scenarios/scenario';
import { virtLauncherPodsStuckFailed as scenarios } from '../../testing/scenarios/VirtLauncherPodsStuckFailed';
import { type RunbookCase, testRunbook } from '../../testing/testRunbook';
import { monitoringViewer } from '../../testing/users';
import { clusterOf } from '../../testing/world';
import { virtLauncherPodsStuckFailed } from './VirtLauncherPodsStuckFailed';

jest.setTimeout(60_000);

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** The world of a scenario, made when its row is run. */
const row = (id: string, finds: RunbookCase['finds'], offers: readonly string[]): RunbookCase => {
  const scenario = scenarios.find((one) => one.id === id) as Scenario;
  const world = once(() => clusterOf(scenario));
  return {
    given: world, finds, offers, cause: scenario.cause ?? null, answer: 'causeFound',
    get metrics() {
      return launcherMetrics(world(), scenario.sinceMinutes);
    },
  };
};

const healthy = once(() => healthyCluster());
const drained = once(() => clusterOf(scenarios.find(({ id }) => id === 'launchers-drain-loop') as Scenario));
const CLEAN = 'delete-failed-launchers';
const CANCEL = 'cancel-drain-migrations';

testRunbook(virtLauncherPodsStuckFailed, {
  'targets of one VM die without end': row('launchers-endless-targets', {
    'launchers-per-vm': 'oneVmOneNode', 'migration-targets': 'many', 'migration-network-state': 'staleNetwork', 'migration-demand': 'deadNode', 'launcher-spread': 'oneNode',
  }, ['keep-node-out', 'restart-vm', 'update-virtualization', CLEAN]),
  'a node is drained': row('launchers-drain-loop', { 'migration-loops': 'evacuations', 'migration-demand': 'drain', 'migration-network-state': 'clean', 'launcher-ends': 'targetDied' }, ['stop-drain', CANCEL, CLEAN]),
  'a machine config update drains': row('launchers-machine-config-loop', { 'migration-demand': 'machineConfig', upgrade: 'pools' }, ['pause-pool', CANCEL, CLEAN]),
  'the descheduler evicts': row('launchers-descheduler-loop', { 'migration-demand': 'descheduler' }, ['calm-descheduler', 'cancel-evacuation', CANCEL, CLEAN]),
  'an evacuation was never cancelled': row('launchers-evacuation-never-cancelled', { 'migration-demand': 'neverCancelled' }, ['cancel-evacuation', CANCEL, CLEAN]),
  'KubeVirt moves VMs to a new release': row('launchers-workload-update-loop', { 'migration-loops': 'workloadUpdates' }, ['stop-workload-updates', 'cancel-update-migrations', CLEAN]),
  'a tool asks for migrations': row('launchers-request-loop', { 'migration-loops': 'requests' }, ['pause-requests', 'cancel-waiting-migrations', CLEAN]),
  'migrations left residue': row('launchers-migration-residue', { 'launcher-ends': 'migratedAway', 'launcher-owners': 'runsElsewhere', 'migration-loops': 'single' }, [CLEAN]),
  'a kubelet refuses VMs after a reboot': row('launchers-refused-after-reboot', { 'launcher-reasons': 'refused', 'launcher-nodes': 'noKvm' }, ['close-node', 'bring-kvm-back', CLEAN]),
  'nodes were shut down': row('launchers-node-shutdown', { 'launcher-ends': 'shutDown', 'launcher-nodes': 'healthy' }, ['isolate-node', 'inspect-node', CLEAN]),
  'kubelets evict': row('launchers-evicted', { 'launcher-reasons': 'evicted', 'launcher-ends': 'evicted' }, ['relieve-node', CLEAN]),
  'VMs run out of memory': row('launchers-out-of-memory', { 'launcher-reasons': 'outOfMemory' }, ['give-more-memory', CLEAN]),
  'one node is sick': row('launchers-bad-node', { 'launcher-ends': 'crashedOnOneNode', 'launcher-handler-log': 'noInotify' }, ['isolate-node', 'inspect-node', CLEAN]),
  'one tenant loops': row('launchers-tenant-loop', { 'launcher-spread': 'oneNamespace', 'launcher-owners': 'overWithoutController', 'launcher-ends': 'instanceFailed' }, ['talk-to-tenant', 'delete-failed-instances']),
  'VMs crash everywhere': row('launchers-crash', { 'launcher-log': 'imageLocked', 'launcher-owners': 'overWithController' }, ['read-failed-log', CLEAN]),
  'old pods are left over': row('launchers-old-leftovers', { 'launchers-failed': 'flat', 'launcher-ends': 'longAgo' }, [CLEAN, 'wait-for-collection']),
  'only Prometheus may be asked': {
    given: drained, user: monitoringViewer, cause: null, offers: [], answer: 'problemFound',
    finds: { 'launchers-failed': 'settled', 'launcher-ends': 'missingInput', 'migration-demand': 'missingInput' },
    get metrics() {
      return launcherMetrics(drained(), 23);
    },
  },
  'nothing has failed': {
    given: healthy, firing: false, cause: null, offers: [], answer: 'nothingFoundNotFiring',
    finds: { 'launchers-failed': 'below', 'launcher-spread': 'none', 'launchers-pending': 'none' },
    get metrics() {
      return launcherMetrics(healthy(), 0);
    },
  },
});
