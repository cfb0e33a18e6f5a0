import { customResourceDefinition, namespaceWithProject, plain } from '../builders/platform';
import { TENANTS } from '../builders/names';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import { cordon } from '../faults';
import { kindInfo } from '../kinds';
import type { KubeObject } from '../types';
import type { Node } from '../objects';
import { scenario } from './define';
import {
  bareInstance, evacuate, failedLauncher, handlerWrites, instancesOn, manyFailedByHand, migrate, migrateInLoop, minutesAgo, turn, workers,
} from './launchers';
import type { Scenario, ScenarioSpec } from './scenario';

/** The rule wants 200 and 10 minutes: these are enough, and are not many. */
const PODS = 210;

const stuck = (spec: ScenarioSpec): Scenario => scenario({ alert: 'VirtLauncherPodsStuckFailed', ...spec });

const firstWorker = (cluster: Cluster): Node => turn(workers(cluster), 0);
const otherWorkers = (cluster: Cluster): readonly Node[] => workers(cluster).slice(1);

/** Every VM of the first worker migrates in a loop, 6 at most. */
function loopOnFirst(cluster: Cluster, options: Parameters<typeof migrateInLoop>[2]['by'], prepare: (of: ReturnType<typeof instancesOn>[number]) => void = () => undefined): void {
  const leaving = instancesOn(cluster, firstWorker(cluster)).slice(0, 6);
  for (const instance of leaving) {
    prepare(instance);
    migrateInLoop(cluster, instance, { by: options, pods: Math.ceil(PODS / leaving.length), to: otherWorkers(cluster) });
  }
}

/**
 * virt-handler of 1.8.4 on a target node that keeps the network state of a dead pod: the launcher's answer to SyncMigrationTarget
 * (v1.8.4 pkg/virt-handler/migration-target.go:521, cmd-client/client.go), which looks below its own root for the file of the pod's interface
 * (pkg/network/setup/network.go, pkg/network/cache).
 */
const staleLine = ({ metadata: { name, namespace = '', uid = '' } }: KubeObject): string => JSON.stringify({
  component: 'virt-handler', controller: 'migration-target', kind: '', level: 'error', msg: 'Synchronizing the VirtualMachineInstance failed.', name, namespace, pos: 'migration-target.go:521',
  reason: 'syncing migration target failed: server error. command SyncMigrationTarget failed: "pre-start pod-setup failed: preparing the pod network failed: '
    + 'failed plugging phase2 at nic \'pod37a8eec1ce1\': open /proc/self/root/var/run/kubevirt-private/vif-cache-pod37a8eec1ce1.json: no such file or directory"',
  timestamp: '2026-09-14T07:58:12.104411Z', uid,
});

const drained = (cluster: Cluster): void => {
  cordon(cluster, [firstWorker(cluster)]);
  loopOnFirst(cluster, 'evacuation', (of) => evacuate(cluster, of));
};

/** Every way in which failed launcher pods pile up that can make the rule true. */
export const virtLauncherPodsStuckFailed: readonly Scenario[] = [
  stuck({
    id: 'launchers-endless-targets',
    title: 'Migration targets of one VM die on one node without end: a known bug of KubeVirt 1.8.4',
    cause: 'endless-migration-targets',
    apply: (cluster) => {
      const [source, target] = [firstWorker(cluster), turn(otherWorkers(cluster), 0)];
      cordon(cluster, [source]);
      const leaving = turn(instancesOn(cluster, source), 0);
      evacuate(cluster, leaving);
      migrateInLoop(cluster, leaving, { by: 'evacuation', pods: PODS, to: [target] });
      handlerWrites(cluster, target, Array.from({ length: 12 }, () => staleLine(leaving)));
    },
  }),
  stuck({
    id: 'launchers-drain-loop',
    title: 'A worker is drained, and every migration away from it fails',
    cause: 'migration-loop-drain',
    apply: drained,
  }),
  stuck({
    id: 'launchers-machine-config-loop',
    title: 'A machine config update drains a worker, and every migration away from it fails',
    cause: 'migration-loop-machine-config',
    apply: (cluster) => {
      drained(cluster);
      cluster.update('MachineConfigPool', undefined, 'worker', (draft) => {
        const since = timestamp(cluster.now());
        draft['status'] = { machineCount: 3, updatedMachineCount: 0, degradedMachineCount: 0, conditions: [{ type: 'Updating', status: 'True', lastTransitionTime: since }, { type: 'Updated', status: 'False', lastTransitionTime: since }] };
      });
    },
  }),
  stuck({
    id: 'launchers-descheduler-loop',
    title: 'The descheduler evicts VMs whose migrations fail',
    cause: 'migration-loop-descheduler',
    apply: (cluster) => {
      cluster.create(customResourceDefinition(kindInfo('KubeDescheduler')));
      for (const object of namespaceWithProject('openshift-kube-descheduler-operator')) cluster.create(object);
      cluster.create(plain(kindInfo('KubeDescheduler'), { name: 'cluster', namespace: 'openshift-kube-descheduler-operator' }, { spec: { mode: 'Automatic', deschedulingIntervalSeconds: 60, profiles: ['LongLifecycle'] } }));
      loopOnFirst(cluster, 'evacuation', (of) => evacuate(cluster, of, { source: 'descheduler' }));
    },
  }),
  stuck({
    id: 'launchers-evacuation-never-cancelled',
    title: 'A drain was given up and its node takes pods again, but VMs are still marked to leave it',
    cause: 'migration-loop-never-cancelled',
    apply: (cluster) => loopOnFirst(cluster, 'evacuation', (of) => evacuate(cluster, of)),
  }),
  stuck({
    id: 'launchers-workload-update-loop',
    title: 'KubeVirt moves VMs to the new launcher after an update, and these migrations fail',
    cause: 'migration-loop-workload-update',
    apply: (cluster) => loopOnFirst(cluster, 'workload-update'),
  }),
  stuck({
    id: 'launchers-request-loop',
    title: 'A tool that balances VMs asks for migrations that fail',
    cause: 'migration-loop-request',
    apply: (cluster) => loopOnFirst(cluster, 'tool'),
  }),
  stuck({
    id: 'launchers-migration-residue',
    title: 'Successful migrations left their source pods behind as failed',
    cause: 'migration-residue',
    apply: (cluster) => {
      const all = cluster.list('VirtualMachineInstance');
      for (const instance of all) migrate(cluster, instance, { by: 'workload-update', phase: 'Succeeded', at: minutesAgo(cluster, 30) });
      for (let number = 0; number < PODS; number += 1) {
        failedLauncher(cluster, turn(all, number), {
          node: turn(workers(cluster), number + 1), at: minutesAgo(cluster, 5 + number),
          // Only launchers of the release before the update: since 1.6 the console log is a sidecar, and such a pod is Succeeded.
          end: { compute: { exitCode: 0, reason: 'Completed' }, consoleLog: { exitCode: 1, reason: 'Error' }, isOld: true },
        });
      }
    },
  }),
  stuck({
    id: 'launchers-refused-after-reboot',
    title: 'A worker rebooted, and its kubelet turns VMs away because /dev/kvm is not offered yet',
    cause: 'kubelet-refuses',
    apply: (cluster) => {
      const rebooted = firstWorker(cluster);
      cluster.update('Node', undefined, rebooted.metadata.name, (draft) => {
        draft.status.allocatable['devices.kubevirt.io/kvm'] = '0';
      });
      manyFailedByHand(cluster, PODS, (number) => ({
        node: rebooted, at: minutesAgo(cluster, 3 + (number % 15)),
        end: { reason: 'UnexpectedAdmissionError', message: 'Pod was rejected: Allocate failed due to no healthy devices present; cannot allocate unhealthy devices devices.kubevirt.io/kvm, which is unexpected' },
      }));
    },
  }),
  stuck({
    id: 'launchers-node-shutdown',
    title: 'Workers were shut down under their VMs',
    cause: 'nodes-shut-down',
    apply: (cluster) => {
      manyFailedByHand(cluster, PODS, (number) => ({
        node: turn(workers(cluster), number), at: minutesAgo(cluster, 4),
        end: { compute: { exitCode: 137, reason: 'Error' }, reason: 'Terminated', message: 'Pod was terminated in response to imminent node shutdown.' },
      }));
    },
  }),
  stuck({
    id: 'launchers-evicted',
    title: 'The kubelets evict VMs because their nodes run out of memory',
    cause: 'launchers-evicted',
    apply: (cluster) => {
      manyFailedByHand(cluster, PODS, (number) => ({
        node: turn(workers(cluster), number), at: minutesAgo(cluster, 4 + (number % 12)),
        end: {
          compute: { exitCode: 137, reason: 'Error' }, reason: 'Evicted',
          message: 'The node was low on resource: memory. Threshold quantity: 100Mi, available: 84Mi. Container compute was using 5120Mi, request is 4Gi, has larger consumption of memory. ',
        },
      }));
    },
  }),
  stuck({
    id: 'launchers-out-of-memory',
    title: 'VMs are killed at the memory limit of their pods',
    cause: 'launchers-out-of-memory',
    apply: (cluster) => {
      manyFailedByHand(cluster, PODS, (number) => ({
        node: turn(workers(cluster), number), at: minutesAgo(cluster, 4 + (number % 12)), end: { compute: { exitCode: 137, reason: 'OOMKilled' }, consoleLog: { exitCode: 0, reason: 'Completed' } },
      }));
    },
  }),
  stuck({
    id: 'launchers-bad-node',
    title: 'VMs of every tenant fail on one worker: it has no file watches left',
    cause: 'bad-node',
    apply: (cluster) => {
      const sick = firstWorker(cluster);
      manyFailedByHand(cluster, PODS, (number) => ({ node: sick, at: minutesAgo(cluster, 4 + (number % 12)), end: { compute: { exitCode: 1, reason: 'Error' } } }));
      handlerWrites(cluster, sick, ['{"component":"virt-handler","level":"error","msg":"unable to watch the domain socket directory","pos":"vm.go:901","reason":"too many open files","timestamp":"2026-09-14T07:59:01.000000Z"}']);
    },
  }),
  stuck({
    id: 'launchers-tenant-loop',
    title: 'A pipeline creates VM instances that fail, and deletes none of them',
    cause: 'tenant-loop',
    apply: (cluster) => {
      for (let number = 0; number < PODS; number += 1) {
        const [node, at] = [turn(workers(cluster), number), minutesAgo(cluster, 2 + (number % 40))];
        const instance = bareInstance(cluster, { namespace: TENANTS[0], name: `test-run-${String(number).padStart(3, '0')}`, node, at, manager: 'pipeline-runner' });
        failedLauncher(cluster, instance, { node, at, end: { compute: { exitCode: 1, reason: 'Error' } } });
      }
    },
  }),
  stuck({
    id: 'launchers-crash',
    title: 'The VM process ends with an error, on every worker',
    cause: 'launchers-crash',
    apply: (cluster) => {
      for (const pod of manyFailedByHand(cluster, PODS, (number) => ({
        node: turn(workers(cluster), number), at: minutesAgo(cluster, 4 + (number % 12)), end: { compute: { exitCode: 1, reason: 'Error' } },
      }))) {
        cluster.logs.write({ namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container: 'compute' }, [
          '{"component":"virt-launcher","level":"error","msg":"Failed to sync vmi","pos":"server.go:203","reason":"virError(Code=1, Domain=10, Message=\'internal error: process exited while connecting to monitor: Failed to get \\"write\\" lock\')"}',
        ]);
      }
    },
  }),
  stuck({
    id: 'launchers-old-leftovers',
    title: 'Launcher pods that failed days ago were never cleaned up',
    cause: 'old-leftovers',
    sinceMinutes: 90,
    apply: (cluster) => {
      manyFailedByHand(cluster, PODS, (number) => ({
        node: turn(workers(cluster), number), at: minutesAgo(cluster, 3 * 24 * 60 + number), end: { compute: { exitCode: 1, reason: 'Error' } },
      }));
    },
  }),
];
