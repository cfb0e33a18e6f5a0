import { isReady } from '../builders/pod';
import { endpointSlice } from '../builders/platform';
import type { Cluster } from '../cluster';
import type { EndpointSlice, Pod, Service } from '../objects';
import { matches } from '../selectors';

type Port = EndpointSlice['ports'][number];

/** Keeps the Endpoints and the EndpointSlice of every service with a selector in step with its pods. */
export function reconcileEndpoints(cluster: Cluster): void {
  for (const service of cluster.list('Service')) {
    const { selector } = service.spec;
    if (!selector) continue;
    const pods = cluster
      .list('Pod', service.metadata.namespace)
      .filter((pod) => matches(pod.metadata.labels, { matchLabels: selector }) && pod.status.podIP !== undefined && pod.status.phase === 'Running');
    const ports = portsOf(service, pods[0]);
    writeSlice(cluster, service, pods, ports);
    writeEndpoints(cluster, service, pods, ports);
  }
}

function portsOf(service: Service, pod: Pod | undefined): Port[] {
  if (!pod) return [];
  const containerPorts = pod.spec.containers.flatMap((container) => (container['ports'] ?? []) as { name: string; containerPort: number }[]);
  return service.spec.ports.flatMap(({ name, port, targetPort = port }) => {
    const number = typeof targetPort === 'number' ? targetPort : containerPorts.find((each) => each.name === targetPort)?.containerPort;
    return number === undefined ? [] : [{ ...(name === undefined ? {} : { name }), port: number, protocol: 'TCP' }];
  });
}

const isServing = (pod: Pod): boolean => isReady(pod) && pod.metadata.deletionTimestamp === undefined;

function writeSlice(cluster: Cluster, service: Service, pods: readonly Pod[], ports: Port[]): void {
  const { namespace = '', name } = service.metadata;
  const found = cluster.list('EndpointSlice', namespace).find((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === name);
  const slice = found ?? cluster.create(endpointSlice(service, `${name}-${cluster.random.letters(5)}`));
  const endpoints = pods.map((pod) => ({
    addresses: [pod.status.podIP ?? ''],
    conditions: { ready: isServing(pod), serving: isReady(pod), terminating: pod.metadata.deletionTimestamp !== undefined },
    nodeName: pod.spec.nodeName ?? '',
    targetRef: reference(pod),
  }));
  cluster.assign('EndpointSlice', namespace, slice.metadata.name, { ports, endpoints });
}

const reference = (pod: Pod): { kind: string; name: string; namespace: string; uid: string } => ({ kind: 'Pod', name: pod.metadata.name, namespace: pod.metadata.namespace ?? '', uid: pod.metadata.uid ?? '' });

function writeEndpoints(cluster: Cluster, service: Service, pods: readonly Pod[], ports: Port[]): void {
  const { namespace = '', name, labels = {} } = service.metadata;
  if (!cluster.get('Endpoints', namespace, name)) cluster.create({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name, namespace, labels } });
  const addresses = pods.filter(isServing).map((pod) => ({ ip: pod.status.podIP ?? '', nodeName: pod.spec.nodeName ?? '', targetRef: reference(pod) }));
  cluster.assign('Endpoints', namespace, name, { subsets: addresses.length > 0 ? [{ addresses, ports }] : undefined });
}
