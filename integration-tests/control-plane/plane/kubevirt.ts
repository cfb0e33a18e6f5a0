import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../../sandbox/launch/child';
import { type Built, type Say } from '../build';
import { type ApiServer } from '../launch/apiServer';
import { ADMIN } from '../launch/users';
import { type ApiObject, read, write } from './objects';
import { until } from './wait';

/** Where KubeVirt is installed. */
export const NAMESPACE = 'kubevirt';

const CUSTOM_RESOURCE = `/apis/kubevirt.io/v1/namespaces/${NAMESPACE}/kubevirts`;
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** A kind of the Prometheus operator, which is not here: virt-operator writes its rule and its monitor all the same. */
const monitoringKind = (kind: string, plural: string): object => ({
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `${plural}.monitoring.coreos.com` },
  spec: {
    group: 'monitoring.coreos.com', scope: 'Namespaced', names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
  },
});

/** What OpenShift's monitoring stack would have brought. */
const MONITORING: readonly object[] = [
  monitoringKind('PrometheusRule', 'prometheusrules'),
  monitoringKind('ServiceMonitor', 'servicemonitors'),
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'openshift-monitoring' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'prometheus-k8s', namespace: 'openshift-monitoring' } },
];

const listOf = (items: readonly object[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

const itemsOf = async (manifest: string, part: 'definitions' | 'operator'): Promise<readonly ApiObject[]> =>
  (JSON.parse((await run(manifest, ['-part', part, '-namespace', NAMESPACE])).stdout) as { items: readonly ApiObject[] }).items;

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** Conditions of an object's status. */
export const conditionsOf = (object: ApiObject | undefined): readonly Condition[] => ((object?.['status'] ?? {}) as { conditions?: readonly Condition[] }).conditions ?? [];

const holds = (object: ApiObject | undefined, type: string): boolean => conditionsOf(object).some((condition) => condition.type === type && condition.status === 'True');

/** What KubeVirt says of itself, and its operator last. */
async function whyNotAvailable(server: ApiServer): Promise<string> {
  const send = server.as(ADMIN.name);
  const own = await read(send, `${CUSTOM_RESOURCE}/kubevirt`);
  const pods = (await read<{ items: readonly ApiObject[] }>(send, `/api/v1/namespaces/${NAMESPACE}/pods`))?.items ?? [];
  const operator = pods.find(({ metadata }) => metadata.name.startsWith('virt-operator-'));
  const log = operator === undefined ? '' : (await send({ path: `/api/v1/namespaces/${NAMESPACE}/pods/${operator.metadata.name}/log?tailLines=15` })).body;
  const lines = conditionsOf(own).map(({ type, status, reason, message }) => `    ${type}=${status} ${reason ?? ''} ${message ?? ''}`);
  return [...lines, ...pods.map(({ metadata, status }) => `    ${metadata.name} ${(status as { phase?: string }).phase ?? ''}`), log].join('\n');
}

/** Installs KubeVirt as its release manifest does and waits until it says that it is available (about a minute). */
export async function installKubeVirt(server: ApiServer, built: Built<'kubectl' | 'manifest'>, say: Say): Promise<void> {
  const send = server.as(ADMIN.name);
  const kubeconfig = await server.kubeconfigOf(ADMIN.name);
  const apply = async (name: string, items: readonly object[]): Promise<void> => {
    const file = path.join(server.dir, `${name}.json`);
    await writeFile(file, listOf(items));
    await run(built.kubectl, ['--kubeconfig', kubeconfig, 'create', '-f', file]);
  };
  const [definitions, operator] = await Promise.all([itemsOf(built.manifest, 'definitions'), itemsOf(built.manifest, 'operator')]);
  await apply('definitions', [...definitions, ...MONITORING]);
  for (const { metadata } of definitions) {
    await until(`Definition ${metadata.name}`, 60, async () => holds(await read(send, `${DEFINITIONS}/${metadata.name}`), 'Established') || undefined);
  }
  await apply('operator', operator);
  say('Waiting for KubeVirt to become available (a minute or two) …');
  const body = { apiVersion: 'kubevirt.io/v1', kind: 'KubeVirt', metadata: { name: 'kubevirt', namespace: NAMESPACE }, spec: { infra: { replicas: 2 } } };
  // Until virt-operator's webhook answers, it is refused.
  await until('The KubeVirt object was accepted', 180, () => write(send, 'POST', CUSTOM_RESOURCE, body).then(() => true), () => whyNotAvailable(server));
  await until('KubeVirt became available', 300, async () => {
    const own = await read(send, `${CUSTOM_RESOURCE}/kubevirt`);
    return (holds(own, 'Available') && (own?.['status'] as { phase?: string }).phase === 'Deployed') || undefined;
  }, () => whyNotAvailable(server));
}
