import { type LogLine } from '../engine/source';
import { type Cache, type Election } from './leaderElection';

/**
 * What the lines of an election mean. The texts are those of client-go `tools/leaderelection/leaderelection.go` and
 * `tools/cache/reflector.go` as KubeVirt 1.8.4 vendors them, and of its `pkg/virt-operator/application.go` and
 * `pkg/virt-controller/watch/application.go`.
 */
export const LINES = [
  'forbidden', 'webhookFails', 'denied', 'terminating', 'conflict', 'unreachable', 'otherError', 'cache', 'leaderCache', 'lost', 'leads', 'acquired', 'attempting',
] as const;
export type LineKind = (typeof LINES)[number];

// The lock could not be read, created or written.
const LOCK = /error retrieving resource lock|error initially creating leader election record|Failed to update lock/;
// What Go and etcd say when the API server cannot be reached, or does not answer in time.
const NETWORK = /dial tcp|connection refused|i\/o timeout|no route to host|no such host|TLS handshake timeout|context deadline exceeded|Client\.Timeout exceeded|request canceled|unexpected EOF|connection reset by peer|etcdserver: |unable to return a response in the time allotted|too many requests|client rate limiter Wait/i;

type Waits = Pick<Election, 'before' | 'after'>;

const cacheIn = (text: string, caches: readonly Cache[]): Cache | undefined =>
  caches.find(({ type, only }) => new RegExp(`failed to list \\*v1\\.${type}\\b`).test(text) && (only?.test(text) ?? true));

/** What a line says about the election; `undefined` if it says nothing about it. */
export const lineKind = (text: string, { before, after }: Waits): LineKind | undefined => {
  if (LOCK.test(text)) {
    // The other candidate was faster. It is tried again two seconds later.
    if (text.includes('the object has been modified')) return 'conflict';
    if (text.includes('because it is being terminated')) return 'terminating';
    if (text.includes('failed calling webhook')) return 'webhookFails';
    if (/admission webhook "[^"]*" denied the request/.test(text)) return 'denied';
    if (text.includes('is forbidden')) return 'forbidden';
    return NETWORK.test(text) ? 'unreachable' : 'otherError';
  }
  if (cacheIn(text, before)) return NETWORK.test(text) ? 'unreachable' : 'cache';
  // Whoever got this far has the lease, so it reaches the API server: a list that takes too long is another trouble.
  if (cacheIn(text, after)) return 'leaderCache';
  if (text.includes('leaderelection lost') || text.includes('failed to renew lease')) return 'lost';
  if (/"msg":"Started leading"|STARTING controllers with following threads/.test(text)) return 'leads';
  if (text.includes('successfully acquired lease')) return 'acquired';
  return /Attempting to acquire leader status|attempting to acquire leader lease/.test(text) ? 'attempting' : undefined;
};

/** Which cache a line of the kinds `cache` and `leaderCache` is about, by the resource's name. */
export const cacheOf = (text: string, { before, after }: Waits): string => cacheIn(text, [...before, ...after])?.resource ?? '';

/** What a line says without the header of klog (`E1121 06:04:47.490311   32098 leaderelection.go:484] `); of a structured one the error. */
export const wordsOf = ({ text }: Pick<LogLine, 'text'>): string => {
  const [, error] = / err="((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
  return error === undefined ? text.replace(/^[IWEF]\d{4} \S+\s+\d+ [^\]]*\] /, '') : error.replaceAll('\\"', '"');
};
