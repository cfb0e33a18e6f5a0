import type { Cluster } from '../cluster';
import type { Pod } from '../objects';
import type { MetricSample } from '../types';
import { sample, type Labels } from './samples';

const METHODS: Readonly<Record<string, string>> = { CREATE: 'POST', UPDATE: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' };
const HOST = '172.30.0.1:443';

/** What one of KubeVirt's programs counts of its calls, and how long they waited for its own limit: never, in this world. */
export function restSamples(cluster: Cluster, pod: Pod, labels: Labels): MetricSample[] {
  const counted = cluster.calls.of(pod.metadata.uid ?? '');
  const all = Math.round(counted.reduce((sum, { count }) => sum + count, 0));
  const waits = ['0.001', '0.512', '+Inf'].map((le) => sample('kubevirt_rest_client_rate_limiter_duration_seconds_bucket', { ...labels, verb: 'GET', url: `https://${HOST}/`, le }, all));
  return [
    ...counted.map(({ verb, resource, code, count }) =>
      sample('kubevirt_rest_client_requests_total', { ...labels, code, method: METHODS[verb] ?? 'GET', host: HOST, resource, verb }, Math.round(count))),
    ...waits,
  ];
}

/** What the API server's priority and fairness counts: of the calls that the world makes, those that were turned away and the others. */
export function flowSamples(cluster: Cluster): MetricSample[] {
  const counted = cluster.list('Pod').flatMap(({ metadata: { uid = '' } }) => cluster.calls.of(uid));
  const sum = (rejected: boolean): number => Math.round(counted.filter(({ code }) => (code === '429') === rejected).reduce((total, { count }) => total + count, 0));
  const labels = { job: 'apiserver', namespace: 'default', service: 'kubernetes', endpoint: 'https', instance: '10.0.1.10:6443', apiserver: 'kube-apiserver', flow_schema: 'service-accounts', priority_level: 'workload-low' };
  const rejected = sum(true);
  return [
    sample('apiserver_flowcontrol_dispatched_requests_total', labels, sum(false)),
    ...(rejected > 0 ? [sample('apiserver_flowcontrol_rejected_requests_total', { ...labels, reason: 'queue-full' }, rejected)] : []),
  ];
}
