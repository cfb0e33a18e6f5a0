import type { Cluster } from '../cluster';
import type { ContainerStatus, Pod } from '../objects';
import type { Target } from './path';
import { read } from './read';
import { badRequest } from './status';

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return value;
}

function containerOf(pod: Pod, wanted: string | null): string {
  const names = pod.spec.containers.map((container) => container.name);
  const initNames = ((pod.spec['initContainers'] ?? []) as { name: string }[]).map((container) => container.name);
  if (wanted && ![...names, ...initNames].includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${pod.metadata.name}`);
  if (wanted) return wanted;
  const [only, ...more] = names;
  if (only === undefined || more.length > 0) throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, choose one of: [${names.join(' ')}]`);
  return only;
}

/** Throws what the kubelet answers when there is no log to be had (k8s.io/kubernetes pkg/kubelet/kubelet_pods.go). */
function checkHasLog(pod: Pod, container: string, previous: boolean): void {
  const where = `container "${container}" in pod "${pod.metadata.name}"`;
  const status: ContainerStatus | undefined = pod.status.containerStatuses?.find((candidate) => candidate.name === container);
  if (!status) throw badRequest(`${where} is not available`);
  if (previous && !status.lastState.terminated) throw badRequest(`previous terminated ${where} not found`);
  const { waiting } = status.state;
  if (previous || !waiting || status.lastState.terminated) return;
  if (waiting.reason === 'ErrImagePull') throw badRequest(`${where} is waiting to start: image can't be pulled`);
  if (waiting.reason === 'ImagePullBackOff') throw badRequest(`${where} is waiting to start: trying and failing to pull image`);
  throw badRequest(`${where} is waiting to start: ${waiting.reason}`);
}

/** Answers `pods/log` as text, with container, previous, tailLines, sinceSeconds, sinceTime, limitBytes and timestamps. Throws 400 as kubelet and API server do. */
export function podLog(cluster: Cluster, target: Target, query: URLSearchParams): string {
  const pod = read(cluster, target) as Pod;
  const container = containerOf(pod, query.get('container'));
  // The API server answers with nothing for a pod that no node has.
  if (pod.spec.nodeName === undefined) return '';
  const previous = query.get('previous') === 'true';
  checkHasLog(pod, container, previous);
  const crashed = pod.status.containerStatuses?.find((status) => status.name === container);
  const beforeRestart = previous || (crashed?.state.waiting !== undefined && crashed.lastState.terminated !== undefined);
  const since = numberIn(query, 'sinceSeconds');
  const sinceTime = query.get('sinceTime');
  const from = since === undefined ? (sinceTime ? new Date(sinceTime) : new Date(0)) : new Date(cluster.now().getTime() - since * 1000);
  const lines = cluster.logs.read({ namespace: target.namespace ?? '', pod: pod.metadata.name, container, previous: beforeRestart }).filter((line) => line.at >= from);
  const tail = numberIn(query, 'tailLines');
  const shown = tail === undefined ? lines : lines.slice(Math.max(0, lines.length - tail));
  const stamped = query.get('timestamps') === 'true';
  const text = shown.map((line) => `${stamped ? `${line.at.toISOString().slice(0, -1)}000000Z ` : ''}${line.text}\n`).join('');
  return text.slice(0, numberIn(query, 'limitBytes'));
}
