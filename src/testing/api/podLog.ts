import type { Cluster } from '../cluster';
import type { ContainerStatus, Pod } from '../objects';
import type { Target } from './path';
import { read } from './read';
import { badRequest, invalid } from './status';

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const value = Number(text);
  if (!Number.isInteger(value)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return value;
}

/** Throws the server's 422 for options that say nothing (k8s.io/kubernetes pkg/apis/core/validation, ValidatePodLogOptions). */
function checkOptions(query: URLSearchParams, pod: string): void {
  const refuse = (field: string, message: string): never => {
    throw invalid('PodLogOptions', '', pod, field, message);
  };
  const [tail, limit, since] = ['tailLines', 'limitBytes', 'sinceSeconds'].map((name) => numberIn(query, name));
  if (tail !== undefined && tail < 0) refuse('tailLines', `Invalid value: ${tail}: must be greater than or equal to 0`);
  if (limit !== undefined && limit < 1) refuse('limitBytes', `Invalid value: ${limit}: must be greater than 0`);
  if (since !== undefined && query.get('sinceTime')) refuse('[]', 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified');
  if (since !== undefined && since < 1) refuse('sinceSeconds', `Invalid value: ${since}: must be greater than 0`);
}

function containerOf(pod: Pod, wanted: string | null): string {
  const names = pod.spec.containers.map((container) => container.name);
  const initNames = (pod.spec.initContainers ?? []).map((container) => container.name);
  if (wanted && ![...names, ...initNames].includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${pod.metadata.name}`);
  if (wanted) return wanted;
  const [only, ...more] = names;
  if (only === undefined || more.length > 0) throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, choose one of: [${names.join(' ')}]`);
  return only;
}

/** Throws what the kubelet answers when there is no log to be had (k8s.io/kubernetes pkg/kubelet/kubelet_pods.go). */
function checkHasLog(pod: Pod, container: string, previous: boolean): void {
  const where = `container "${container}" in pod "${pod.metadata.name}"`;
  const status: ContainerStatus | undefined = [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])].find((candidate) => candidate.name === container);
  if (!status) throw badRequest(`${where} is not available`);
  if (previous && !status.lastState.terminated) throw badRequest(`previous terminated ${where} not found`);
  const { waiting } = status.state;
  if (previous || !waiting || status.lastState.terminated) return;
  if (waiting.reason === 'ErrImagePull') throw badRequest(`${where} is waiting to start: image can't be pulled`);
  if (waiting.reason === 'ImagePullBackOff') throw badRequest(`${where} is waiting to start: trying and failing to pull image`);
  throw badRequest(`${where} is waiting to start: ${waiting.reason}`);
}

/**
 * Answers `pods/log` as text, with container, previous, tailLines, sinceSeconds, sinceTime, limitBytes and timestamps. Throws
 * 400 as kubelet and API server do. undefined, not the empty text, for a pod that no node has.
 */
export function podLog(cluster: Cluster, target: Target, query: URLSearchParams): string | undefined {
  checkOptions(query, target.name ?? '');
  const pod = read(cluster, target) as Pod;
  const container = containerOf(pod, query.get('container'));
  return pod.spec.nodeName === undefined ? undefined : kubeletLog(cluster, pod, container, query);
}

/** The kubelet's part of the answer: what is asked of the node of a pod once the API server has found nothing wrong. Throws 400. */
export function kubeletLog(cluster: Cluster, pod: Pod, container: string, query: URLSearchParams): string {
  const { name, namespace = '' } = pod.metadata;
  const previous = query.get('previous') === 'true';
  checkHasLog(pod, container, previous);
  const crashed = pod.status.containerStatuses?.find((status) => status.name === container);
  const beforeRestart = previous || (crashed?.state.waiting !== undefined && crashed.lastState.terminated !== undefined);
  const since = numberIn(query, 'sinceSeconds');
  const sinceTime = query.get('sinceTime');
  const from = since === undefined ? (sinceTime ? new Date(sinceTime) : new Date(0)) : new Date(cluster.now().getTime() - since * 1000);
  const lines = cluster.logs.read({ namespace, pod: name, container, previous: beforeRestart }).filter((line) => line.at >= from);
  const tail = numberIn(query, 'tailLines');
  const shown = tail === undefined ? lines : lines.slice(Math.max(0, lines.length - tail));
  const stamped = query.get('timestamps') === 'true';
  const text = shown.map((line) => `${stamped ? `${line.at.toISOString().slice(0, -1)}000000Z ` : ''}${line.text}\n`).join('');
  return text.slice(0, numberIn(query, 'limitBytes'));
}
