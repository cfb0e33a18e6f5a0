import { isReady } from '../builders/pod';
import { KUBEVIRT_VERSION } from '../builders/names';
import { cachesSync, leads } from '../controllers/leases';
import type { Cluster } from '../cluster';
import type { Pod, VirtualMachine, VirtualMachineInstance } from '../objects';
import { quantity } from '../quantity';
import type { MetricSample } from '../types';
import { restSamples } from './restCalls';
import { sample, type Labels } from './samples';

/** The one scrape job of all of KubeVirt's pods; a single component can be switched off by its own name. */
export const KUBEVIRT_METRICS = 'kubevirt-prometheus-metrics';
const COMPONENTS = ['virt-operator', 'virt-api', 'virt-controller', 'virt-handler'] as const;
type Component = (typeof COMPONENTS)[number];

/** What KubeVirt's own programs expose, as scraped through the service of that name. */
export function kubevirtSamples(cluster: Cluster): MetricSample[] {
  if (cluster.scrapes[KUBEVIRT_METRICS] === false) return [];
  return COMPONENTS.filter((component) => cluster.scrapes[component] !== false).flatMap((component) => {
    const pods = cluster.list('Pod').filter((pod) => isTarget(pod) && pod.metadata.labels?.['kubevirt.io'] === component && pod.status.phase === 'Running' && pod.status.podIP !== undefined);
    return pods.flatMap((pod) => componentSamples(cluster, component, pod));
  });
}

/** Whether the service that the ServiceMonitor follows selects the pod. */
const isTarget = (pod: Pod): boolean => pod.metadata.labels?.['prometheus.kubevirt.io'] === 'true';

function targetOf(component: Component, pod: Pod): Labels {
  const { namespace = '', name } = pod.metadata;
  return { job: KUBEVIRT_METRICS, namespace, pod: name, container: component, service: KUBEVIRT_METRICS, endpoint: 'metrics', instance: `${pod.status.podIP ?? ''}:8443`, node: pod.spec.nodeName ?? '' };
}

function componentSamples(cluster: Cluster, component: Component, pod: Pod): MetricSample[] {
  const labels = targetOf(component, pod);
  const answers = pod.status.containerStatuses?.some((status) => status.state.running) ?? false;
  if (!answers) return [sample('up', labels, 0)];
  const status = component.replace('-', '_');
  return [
    sample('up', labels, 1),
    sample(`kubevirt_${status}_ready_status`, labels, isReadyToWork(cluster, component, pod)),
    sample('kubevirt_info', { ...labels, goversion: 'go1.24.9', kubeversion: KUBEVIRT_VERSION }, 1),
    ...restSamples(cluster, pod, labels),
    ...(component === 'virt-operator' || component === 'virt-controller' ? leaderSamples(cluster, component, pod, labels) : []),
    ...(component === 'virt-handler' ? guestSamples(cluster, pod, labels) : []),
  ];
}

/**
 * virt-operator counts itself ready once its caches have synced, which its probes do not ask (pkg/virt-operator/application.go), virt-handler from
 * the start of its server to its end, whatever its probe says (cmd/virt-handler/virt-handler.go), and virt-api likewise (pkg/virt-api/api.go).
 */
function isReadyToWork(cluster: Cluster, component: Component, pod: Pod): boolean {
  if (component === 'virt-handler' || component === 'virt-api') return true;
  return component === 'virt-operator' ? cachesSync(cluster, pod) : isReady(pod);
}

function leaderSamples(cluster: Cluster, component: 'virt-operator' | 'virt-controller', pod: Pod, labels: Labels): MetricSample[] {
  const leading = leads(cluster, component, pod);
  const own = sample(`kubevirt_${component.replace('-', '_')}_leading_status`, labels, leading);
  if (!leading) return [own];
  return component === 'virt-operator' ? [own, sample('kubevirt_configuration_emulation_enabled', labels, emulates(cluster))] : [own, ...collectorSamples(cluster, labels)];
}

function emulates(cluster: Cluster): boolean {
  return cluster.list('KubeVirt').some((object) => {
    const { configuration } = (object['spec'] ?? {}) as { configuration?: { developerConfiguration?: { useEmulation?: boolean } } };
    return configuration?.developerConfiguration?.useEmulation === true;
  });
}

/** virt-controller's collectors: exposed by the leader alone. The namespace of these series is the machine's. */
function collectorSamples(cluster: Cluster, labels: Labels): MetricSample[] {
  const outdated = cluster.list('KubeVirt').reduce((sum, object) => sum + Number((object['status'] as Record<string, unknown> | undefined)?.['outdatedVirtualMachineInstanceWorkloads'] ?? 0), 0);
  const migrations = cluster.list('VirtualMachineInstanceMigration').map((object) => ({ object, phase: (object['status'] as { phase?: string } | undefined)?.phase ?? '' }));
  const launchers = launchersByInstance(cluster);
  const inPhase = (...phases: string[]): number => migrations.filter(({ phase }) => phases.includes(phase)).length;
  return [
    sample('kubevirt_vmi_number_of_outdated', labels, outdated),
    sample('kubevirt_vmi_migrations_in_pending_phase', labels, inPhase('', 'Pending')),
    sample('kubevirt_vmi_migrations_in_scheduling_phase', labels, inPhase('Scheduling')),
    sample('kubevirt_vmi_migrations_in_running_phase', labels, inPhase('Scheduled', 'PreparingTarget', 'TargetReady', 'Running')),
    ...migrations.filter(({ phase }) => phase === 'Succeeded' || phase === 'Failed').map(({ object, phase }) => {
      const { vmiName = '' } = (object['spec'] ?? {}) as { vmiName?: string };
      return sample(`kubevirt_vmi_migration_${phase.toLowerCase()}`, { ...labels, namespace: object.metadata.namespace ?? '', vmi: vmiName, vmim: object.metadata.name }, 1);
    }),
    ...cluster.list('VirtualMachine').map((vm) => sample('kubevirt_vm_info', { ...labels, ...machineLabels(vm) }, 1)),
    ...cluster.list('VirtualMachineInstance').flatMap((vmi) => [
      sample('kubevirt_vmi_info', { ...labels, ...instanceLabels(vmi, launchers.get(vmi.metadata.uid ?? '') ?? []) }, 1),
      sample('kubevirt_vmi_non_evictable', { ...labels, namespace: vmi.metadata.namespace ?? '', name: vmi.metadata.name, node: vmi.status.nodeName ?? '' }, !isEvictable(vmi)),
    ]),
  ];
}

/** virt-controller's status groups (pkg/monitoring/metrics/virt-controller/vmstats_collector.go). */
function statusGroup(status: string): string {
  if (status === 'Running') return 'running';
  if (status === 'Migrating') return 'migrating';
  if (status === 'Provisioning' || status === 'Starting' || status === 'WaitingForVolumeBinding') return 'starting';
  if (status === 'Stopped' || status === 'Paused' || status === 'Stopping' || status === 'Terminating') return 'non_running';
  return 'error';
}

function machineLabels({ metadata, status }: VirtualMachine): Labels {
  return {
    namespace: metadata.namespace ?? '', name: metadata.name, os: 'rhel9', workload: 'server', flavor: 'small', machine_type: 'pc-q35-rhel9.6.0',
    instance_type: '<none>', preference: '<none>', status: status.printableStatus.toLowerCase(), status_group: statusGroup(status.printableStatus),
  };
}

/** Launcher pods by the uid of their instance: looked up for each instance of a large world, found once. */
function launchersByInstance(cluster: Cluster): ReadonlyMap<string, readonly Pod[]> {
  const found = new Map<string, Pod[]>();
  for (const pod of cluster.list('Pod')) {
    const uid = pod.metadata.labels?.['kubevirt.io/created-by'];
    if (uid === undefined) continue;
    const others = found.get(uid);
    if (others) others.push(pod);
    else found.set(uid, [pod]);
  }
  return found;
}

function instanceLabels(vmi: VirtualMachineInstance, launchers: readonly Pod[]): Labels {
  const { namespace = '', name } = vmi.metadata;
  const active = Object.keys((vmi.status['activePods'] ?? {}) as Record<string, string>);
  const pod = launchers.find((each) => active.includes(each.metadata.uid ?? ''));
  return {
    namespace, name, node: vmi.status.nodeName ?? '', phase: vmi.status.phase.toLowerCase(), os: 'rhel9', workload: 'server', flavor: 'small', instance_type: '<none>', preference: '<none>',
    guest_os_kernel_release: '5.14.0-570.el9.x86_64', guest_os_machine: 'pc-q35-rhel9.6.0', guest_os_arch: 'x86_64', guest_os_name: 'Red Hat Enterprise Linux', guest_os_version_id: '9.6',
    evictable: String(isEvictable(vmi)), outdated: String(vmi.metadata.labels?.['kubevirt.io/outdatedLauncherImage'] !== undefined), vmi_pod: pod?.metadata.name ?? '<none>',
  };
}

function isEvictable(vmi: VirtualMachineInstance): boolean {
  const { evictionStrategy } = (vmi['spec'] ?? {}) as { evictionStrategy?: string };
  if (evictionStrategy !== 'LiveMigrate') return true;
  return vmi.status.conditions?.some((condition) => condition.type === 'LiveMigratable' && condition.status === 'True') ?? false;
}

/** What virt-handler reads from the guests of its node: enough that no rule about guests has anything to say. */
function guestSamples(cluster: Cluster, pod: Pod, labels: Labels): MetricSample[] {
  const guests = cluster.list('VirtualMachineInstance').filter((vmi) => vmi.status.nodeName === pod.spec.nodeName && vmi.status.phase === 'Running');
  return guests.flatMap((vmi) => {
    const guest = { ...labels, namespace: vmi.metadata.namespace ?? '', name: vmi.metadata.name };
    const { domain } = vmi['spec'] as { domain?: { memory?: { guest?: string } } };
    const memory = quantity(domain?.memory?.guest ?? '4Gi');
    return [
      sample('kubevirt_vmi_memory_available_bytes', guest, memory),
      sample('kubevirt_vmi_memory_usable_bytes', guest, memory * 0.6),
      sample('kubevirt_vmi_filesystem_capacity_bytes', { ...guest, disk_name: 'vda4', mount_point: '/', file_system_type: 'xfs' }, 30 * 2 ** 30),
      sample('kubevirt_vmi_filesystem_used_bytes', { ...guest, disk_name: 'vda4', mount_point: '/', file_system_type: 'xfs' }, 9 * 2 ** 30),
    ];
  });
}
