import { type Cluster } from '../../../src/testing/cluster';
import { type KindInfo } from '../../../src/testing/kinds';
import { type KubeObject } from '../../../src/testing/types';
import { type ApiServer } from '../launch/apiServer';
import { isGate, objectsOf } from './load';

/** Of a kind with more objects, as of failed launchers, so many are tried: they are made by the same code. */
const TRIED = 25;

const pathOf = ({ group, version, plural }: KindInfo, { namespace }: KubeObject['metadata']): string =>
  `/${group === '' ? 'api' : `apis/${group}`}/${version}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}`;

/** What an API server says that validated an object and found one of its name: it would take it. */
const TAKEN = [200, 201, 409];

/** Objects that were added or changed later than this. */
const changedSince = (cluster: Cluster, version: number): ReturnType<typeof objectsOf> => {
  const seen = new Map<string, number>();
  return objectsOf(cluster).filter(({ info, object }) => {
    const count = seen.get(info.kind) ?? 0;
    const isNew = Number(object.metadata.resourceVersion) > version && count < TRIED;
    if (isNew) seen.set(info.kind, count + 1);
    return isNew;
  });
};

/** The addresses of services are those of OpenShift's own service network, which this server does not have. */
const anywhere = ({ kind }: KindInfo, object: KubeObject): KubeObject => {
  if (kind !== 'Service') return object;
  const { clusterIP: _one, clusterIPs: _all, ...spec } = object['spec'] as Record<string, unknown>;
  return { ...object, spec };
};

/**
 * Sends objects of a loaded cluster to the API server as dry runs: whole as creations, statuses as updates of what is there.
 * Resolves with what the server says about those it would not take; empty is good.
 */
export const refusalsOf = async (server: ApiServer, cluster: Cluster, since = 0): Promise<readonly string[]> => {
  const admin = server.as('admin');
  const refusals: string[] = [];
  for (const { info, object } of changedSince(cluster, since)) {
    const { uid: _uid, resourceVersion: _version, creationTimestamp: _at, deletionTimestamp: _gone, deletionGracePeriodSeconds: _grace, managedFields: _managed, ...metadata } = object.metadata;
    const called = `${info.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    const whole = await admin({ method: 'POST', path: `${pathOf(info, metadata)}?dryRun=All&fieldValidation=Strict`, body: { ...anywhere(info, object), metadata } });
    if (!TAKEN.includes(whole.status)) refusals.push(`${called}: ${whole.status} ${whole.body}`);
    if (!info.statusSubresource || isGate(info) || object['status'] === undefined) continue;
    const status = await admin({
      method: 'PATCH', path: `${pathOf(info, metadata)}/${metadata.name}/status?dryRun=All&fieldValidation=Strict`, headers: { 'content-type': 'application/merge-patch+json' }, body: { status: object['status'] },
    });
    if (!TAKEN.includes(status.status)) refusals.push(`${called}, status: ${status.status} ${status.body}`);
  }
  return refusals;
};
