import { isReady } from '../builders/pod';
import type { Cluster } from '../cluster';
import type { Node } from '../objects';
import { quantity } from '../quantity';
import type { MetricSample } from '../types';
import { podSamples } from './pods';
import { sample, sanitized, stateSet } from './samples';

export const KUBE_STATE_METRICS = 'kube-state-metrics';
const JOB = { job: KUBE_STATE_METRICS };
const UNITS: Readonly<Record<string, string>> = { cpu: 'core', memory: 'byte', 'ephemeral-storage': 'byte' };

/** What kube-state-metrics says about the cluster; nothing while none of its pods is ready or its scrape is off. */
export function kubeStateSamples(cluster: Cluster): MetricSample[] {
  if (cluster.scrapes[KUBE_STATE_METRICS] === false) return [];
  const exporters = cluster.list('Pod', 'openshift-monitoring').filter((pod) => pod.metadata.labels?.['app.kubernetes.io/name'] === KUBE_STATE_METRICS && pod.status.phase === 'Running');
  const up = exporters.map((pod) => {
    const { namespace = '', name } = pod.metadata;
    return sample('up', { ...JOB, namespace, pod: name, container: KUBE_STATE_METRICS, endpoint: 'https-main', service: KUBE_STATE_METRICS, instance: `${pod.status.podIP ?? ''}:8443` }, isReady(pod));
  });
  if (!exporters.some(isReady)) return up;
  return [
    ...up,
    ...cluster.list('Pod').flatMap((pod) => podSamples(pod, JOB)),
    ...cluster.list('Node').flatMap(nodeSamples),
    ...workloadSamples(cluster),
  ];
}

function nodeSamples(node: Node): MetricSample[] {
  const labels = { ...JOB, node: node.metadata.name };
  const marks = Object.entries(node.metadata.labels ?? {});
  const resources = (name: string, amounts: Record<string, string>): MetricSample[] =>
    Object.entries(amounts).map(([resource, amount]) => sample(name, { ...labels, resource: sanitized(resource), unit: UNITS[resource] ?? 'integer' }, quantity(amount)));
  return [
    sample('kube_node_info', { ...labels, internal_ip: node.status.addresses[0]?.address ?? '' }, 1),
    sample('kube_node_labels', { ...labels, ...Object.fromEntries(marks.map(([key, value]) => [`label_${sanitized(key)}`, value])) }, 1),
    ...marks.filter(([key]) => key.startsWith('node-role.kubernetes.io/')).map(([key]) => sample('kube_node_role', { ...labels, role: key.split('/')[1] ?? '' }, 1)),
    sample('kube_node_spec_unschedulable', labels, node.spec.unschedulable === true),
    ...(node.spec.taints ?? []).map(({ key, value = '', effect }) => sample('kube_node_spec_taint', { ...labels, key, value, effect }, 1)),
    ...node.status.conditions.flatMap(({ type, status }) => stateSet('kube_node_status_condition', { ...labels, condition: type }, 'status', ['true', 'false', 'unknown'], status.toLowerCase())),
    ...resources('kube_node_status_allocatable', node.status.allocatable),
    ...resources('kube_node_status_capacity', node.status.capacity),
  ];
}

function workloadSamples(cluster: Cluster): MetricSample[] {
  const deployments = cluster.list('Deployment').flatMap(({ metadata, spec, status }) => {
    const labels = { ...JOB, namespace: metadata.namespace ?? '', deployment: metadata.name };
    return [
      sample('kube_deployment_spec_replicas', labels, spec.replicas),
      sample('kube_deployment_status_replicas', labels, status.replicas ?? 0),
      sample('kube_deployment_status_replicas_ready', labels, status.readyReplicas ?? 0),
      sample('kube_deployment_status_replicas_available', labels, status.availableReplicas ?? 0),
      sample('kube_deployment_status_replicas_unavailable', labels, status.unavailableReplicas ?? 0),
      sample('kube_deployment_metadata_generation', labels, metadata.generation ?? 1),
    ];
  });
  const daemonSets = cluster.list('DaemonSet').flatMap(({ metadata, status }) => {
    const labels = { ...JOB, namespace: metadata.namespace ?? '', daemonset: metadata.name };
    return [
      sample('kube_daemonset_status_desired_number_scheduled', labels, status.desiredNumberScheduled),
      sample('kube_daemonset_status_current_number_scheduled', labels, status.currentNumberScheduled),
      sample('kube_daemonset_status_number_ready', labels, status.numberReady),
      sample('kube_daemonset_status_number_unavailable', labels, status.desiredNumberScheduled - status.numberReady),
    ];
  });
  const quotas = cluster.list('ResourceQuota').flatMap(({ metadata, status }) =>
    (['hard', 'used'] as const).flatMap((type) =>
      Object.entries(status[type]).map(([resource, amount]) => sample('kube_resourcequota', { ...JOB, namespace: metadata.namespace ?? '', resourcequota: metadata.name, resource, type }, quantity(amount))),
    ),
  );
  return [...deployments, ...daemonSets, ...quotas];
}
