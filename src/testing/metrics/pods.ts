import { controllerOf } from '../builders/pod';
import type { ContainerStatus, Pod } from '../objects';
import { quantity } from '../quantity';
import type { MetricSample } from '../types';
import { sample, sanitized, stateSet, type Labels } from './samples';

const PHASES = ['Pending', 'Succeeded', 'Failed', 'Running', 'Unknown'];
/** The reasons of a pod that kube-state-metrics knows; any other reason leaves all of them 0. */
const POD_REASONS = ['Evicted', 'NodeAffinity', 'NodeLost', 'Shutdown', 'UnexpectedAdmissionError'];

/** What kube-state-metrics exposes of one pod: the series that alerting rules and runbooks ask for. Series OpenShift drops are left out. */
export function podSamples(pod: Pod, job: Labels): MetricSample[] {
  const { namespace = '', name, uid = '' } = pod.metadata;
  const labels = { ...job, namespace, pod: name, uid };
  const ready = pod.status.conditions?.find((condition) => condition.type === 'Ready');
  const scheduled = pod.status.conditions?.find((condition) => condition.type === 'PodScheduled');
  return [
    ...stateSet('kube_pod_status_phase', labels, 'phase', PHASES, pod.status.reason === 'NodeLost' && pod.metadata.deletionTimestamp !== undefined ? 'Unknown' : pod.status.phase),
    ...(ready ? stateSet('kube_pod_status_ready', labels, 'condition', ['true', 'false', 'unknown'], ready.status.toLowerCase()) : []),
    ...(scheduled ? stateSet('kube_pod_status_scheduled', labels, 'condition', ['true', 'false', 'unknown'], scheduled.status.toLowerCase()) : []),
    ...stateSet('kube_pod_status_reason', labels, 'reason', POD_REASONS, pod.status.reason),
    sample('kube_pod_info', { ...labels, ...infoOf(pod) }, 1),
    sample('kube_pod_labels', { ...labels, ...Object.fromEntries(Object.entries(pod.metadata.labels ?? {}).map(([key, value]) => [`label_${sanitized(key)}`, value])) }, 1),
    ...(scheduled?.reason === 'Unschedulable' ? [sample('kube_pod_status_unschedulable', labels, 1)] : []),
    ...(pod.status.containerStatuses ?? []).flatMap((status) => containerSamples(status, labels)),
    ...requestSamples(pod, labels),
  ];
}

function infoOf(pod: Pod): Labels {
  const owner = controllerOf(pod);
  return {
    node: pod.spec.nodeName ?? '',
    host_ip: pod.status.hostIP ?? '',
    pod_ip: pod.status.podIP ?? '',
    created_by_kind: owner?.kind ?? '',
    created_by_name: owner?.name ?? '',
    priority_class: pod.spec.priorityClassName ?? '',
    host_network: String(pod.spec['hostNetwork'] === true),
  };
}

function containerSamples({ name, ready, restartCount, state, lastState }: ContainerStatus, pod: Labels): MetricSample[] {
  const labels = { ...pod, container: name };
  const { waiting, running, terminated } = state;
  return [
    sample('kube_pod_container_status_ready', labels, ready),
    sample('kube_pod_container_status_restarts_total', labels, restartCount),
    sample('kube_pod_container_status_running', labels, running !== undefined),
    sample('kube_pod_container_status_waiting', labels, waiting !== undefined),
    ...(waiting ? [sample('kube_pod_container_status_waiting_reason', { ...labels, reason: waiting.reason }, 1)] : []),
    ...(terminated ? [sample('kube_pod_container_status_terminated_reason', { ...labels, reason: terminated.reason }, 1)] : []),
    ...(lastState.terminated ? [sample('kube_pod_container_status_last_terminated_reason', { ...labels, reason: lastState.terminated.reason }, 1)] : []),
  ];
}

const UNITS: Readonly<Record<string, string>> = { cpu: 'core', memory: 'byte' };

function requestSamples(pod: Pod, labels: Labels): MetricSample[] {
  return pod.spec.containers.flatMap((container) =>
    Object.entries(container.resources?.requests ?? {}).map(([resource, amount]) =>
      sample('kube_pod_container_resource_requests', { ...labels, container: container.name, node: pod.spec.nodeName ?? '', resource: sanitized(resource), unit: UNITS[resource] ?? 'integer' }, quantity(amount)),
    ),
  );
}
