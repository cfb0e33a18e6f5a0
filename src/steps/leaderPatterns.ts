import { type LogLine } from '../engine/source';

/**
 * What the lines of an election mean. The texts are those of client-go `tools/leaderelection/leaderelection.go` and
 * `tools/cache/reflector.go` as KubeVirt 1.8.4 vendors them, and of `pkg/virt-operator/application.go`.
 */
export const LINES = ['forbidden', 'webhookFails', 'denied', 'terminating', 'conflict', 'unreachable', 'otherError', 'cache', 'lost', 'leads', 'acquired', 'attempting'] as const;
export type LineKind = (typeof LINES)[number];

// The lock could not be read, created or written.
const LOCK = /error retrieving resource lock|error initially creating leader election record|Failed to update lock/;
// What Go and etcd say when the API server cannot be reached, or does not answer in time.
const NETWORK = /dial tcp|connection refused|i\/o timeout|no route to host|no such host|TLS handshake timeout|context deadline exceeded|Client\.Timeout exceeded|request canceled|unexpected EOF|connection reset by peer|etcdserver: |unable to return a response in the time allotted|too many requests|client rate limiter Wait/i;
// Only these three are waited for before the election; other caches may fail without harm to it.
const CACHE = /failed to list \*v1\.(CustomResourceDefinition|KubeVirt|ConfigMap(?=.*(?:extension-apiserver-authentication|namespaces\/kube-system\/configmaps)))/;

/** What a line says about the election; `undefined` if it says nothing about it. */
export const lineKind = (text: string): LineKind | undefined => {
  if (LOCK.test(text)) {
    // The other candidate was faster. It is tried again two seconds later.
    if (text.includes('the object has been modified')) return 'conflict';
    if (text.includes('because it is being terminated')) return 'terminating';
    if (text.includes('failed calling webhook')) return 'webhookFails';
    if (/admission webhook "[^"]*" denied the request/.test(text)) return 'denied';
    if (text.includes('is forbidden')) return 'forbidden';
    return NETWORK.test(text) ? 'unreachable' : 'otherError';
  }
  if (CACHE.test(text)) return 'cache';
  if (text.includes('leaderelection lost') || text.includes('failed to renew lease')) return 'lost';
  if (/"msg":"Started leading"/.test(text)) return 'leads';
  if (text.includes('successfully acquired lease')) return 'acquired';
  return /Attempting to acquire leader status|attempting to acquire leader lease/.test(text) ? 'attempting' : undefined;
};

const CACHE_NAMES: Readonly<Record<string, string>> = {
  CustomResourceDefinition: 'customresourcedefinitions.apiextensions.k8s.io', KubeVirt: 'kubevirts.kubevirt.io',
  ConfigMap: 'configmaps extension-apiserver-authentication',
};

/** Which of the three caches a line of kind `cache` is about, by the resource's name. */
export const cacheOf = (text: string): string => CACHE_NAMES[/failed to list \*v1\.(\w+)/.exec(text)?.[1] ?? ''] ?? '';

/** What a line says without the header of klog (`E1121 06:04:47.490311   32098 leaderelection.go:484] `); of a structured one the error. */
export const wordsOf = ({ text }: Pick<LogLine, 'text'>): string => {
  const [, error] = / err="((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
  return error === undefined ? text.replace(/^[IWEF]\d{4} \S+\s+\d+ [^\]]*\] /, '') : error.replaceAll('\\"', '"');
};
