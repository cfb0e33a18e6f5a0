import type { Deployment } from '../objects';
import type { KubeObject } from '../types';
import { parseBody, patched } from './patch';
import type { Target } from './path';
import { read } from './read';
import { badRequest, invalid, methodNotAllowed } from './status';
import { store, type Writer } from './write';
import { copyOf } from '../structure';

/** The autoscaling/v1 Scale of a workload. */
export interface Scale extends KubeObject {
  /** Without `replicas` when there are none: the field is `omitempty` (k8s.io/api autoscaling/v1), so a JSON patch cannot test it for 0. */
  spec: { replicas?: number };
  status: { replicas: number; selector: string };
}

function scaleOf(deployment: Deployment): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = deployment.metadata;
  const metadata = { name, namespace, uid, resourceVersion, creationTimestamp } as KubeObject['metadata'];
  const { replicas, selector } = deployment.spec;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata,
    spec: replicas === 0 ? {} : { replicas },
    status: { replicas: (deployment.status as Deployment['status'] | undefined)?.replicas ?? 0, selector: Object.entries(selector.matchLabels).map(([key, value]) => `${key}=${value}`).join(',') },
  };
}

/** Answers the scale subresource of a Deployment: GET, PUT, PATCH. */
export function scale(writer: Writer, target: Target): Scale {
  const { cluster, request } = writer;
  const deployment = read(cluster, target) as Deployment;
  const before = scaleOf(deployment);
  if (request.method === 'GET') return before;
  if (request.method !== 'PUT' && request.method !== 'PATCH') throw methodNotAllowed();
  const after = request.method === 'PUT' ? (parseBody(request.body) as unknown as Scale) : patched(before, request.headers['content-type'] ?? '', request.body, target.info);
  if (typeof after !== 'object' || after === null || after.kind !== 'Scale') throw badRequest('the object provided is not a Scale');
  const replicas = after.spec.replicas ?? 0;
  if (!Number.isInteger(replicas) || replicas < 0) throw invalid('Scale', 'autoscaling', deployment.metadata.name, 'spec.replicas', `Invalid value: ${String(replicas)}: must be greater than or equal to 0`);
  const wanted: Deployment = copyOf(deployment);
  wanted.spec.replicas = replicas;
  const { resourceVersion, uid } = after.metadata;
  wanted.metadata = { ...wanted.metadata, ...(resourceVersion ? { resourceVersion } : {}), ...(uid ? { uid } : {}) };
  return scaleOf(store(writer, target.info, deployment, wanted, 'scale') as Deployment);
}
