import { rename, writeFile } from 'node:fs/promises';
import { type ApiServer } from '../launch/apiServer';
import { ADMIN } from '../launch/users';
import { NAMESPACE } from './kubevirt';
import { type ApiObject, list } from './objects';

interface Slice extends ApiObject {
  endpoints?: readonly { addresses: readonly string[]; nodeName?: string; targetRef?: { kind: string; name: string } }[];
  ports?: readonly { name?: string; port?: number }[];
}

const SERVICE = 'kubevirt-prometheus-metrics';
const SLICES = `/apis/discovery.k8s.io/v1/namespaces/${NAMESPACE}/endpointslices?labelSelector=kubernetes.io/service-name%3D${SERVICE}`;
const EVERY = 2_000;

const containerOf = (pod: string): string => /^(virt-[a-z]+)-/.exec(pod)?.[1] ?? pod;

/** What Prometheus' own discovery would make of the ServiceMonitor that virt-operator writes: a target per pod, ready or not. */
const targetsOf = (slices: readonly Slice[]): readonly object[] => slices.flatMap(({ endpoints = [], ports = [] }) =>
  endpoints.flatMap(({ addresses, nodeName, targetRef }) => ports.filter(({ name }) => name === 'metrics').map(({ port }) => ({
    targets: [`${addresses[0] ?? ''}:${port ?? 0}`],
    labels: { namespace: NAMESPACE, service: SERVICE, endpoint: 'metrics', pod: targetRef?.name ?? '', container: containerOf(targetRef?.name ?? ''), node: nodeName ?? '' },
  }))));

/**
 * Keeps a file of Prometheus' targets true until the function it resolves with is called. Debian's Prometheus has no
 * discovery of its own for Kubernetes.
 */
export async function keepTargets(server: ApiServer, file: string): Promise<() => void> {
  const send = server.as(ADMIN.name);
  const refresh = async (): Promise<void> => {
    await writeFile(`${file}.part`, JSON.stringify(targetsOf(await list<Slice>(send, SLICES))));
    await rename(`${file}.part`, file);
  };
  await refresh();
  // A pass that fails (the API server is being stopped) leaves the targets as they are.
  const timer = setInterval(() => void refresh().catch(() => undefined), EVERY);
  return () => clearInterval(timer);
}
