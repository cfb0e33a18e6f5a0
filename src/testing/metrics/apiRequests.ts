import { requestsOf } from '../apiRequests';
import type { Cluster } from '../cluster';
import type { MetricSample } from '../types';
import { sample } from './samples';

const MINUTE = 60_000;

/**
 * What the API servers count of calls to deprecated versions, one a minute of each client and verb since the first. Of other calls the world
 * tells nothing: no rule of virtualization reads them.
 */
export function apiRequestSamples(cluster: Cluster): MetricSample[] {
  return cluster.list('APIRequestCount').flatMap((object) => {
    const [resource = '', version = '', ...group] = object.metadata.name.split('.');
    const api = { group: group.join('.'), version, resource };
    const job = { job: 'apiserver', namespace: 'default', endpoint: 'https', service: 'kubernetes' };
    const calls = 1 + Math.floor((cluster.now().getTime() - new Date(object.metadata.creationTimestamp ?? cluster.now()).getTime()) / MINUTE);
    const counters = requestsOf(object).map(({ node, verb }) =>
      sample('apiserver_request_total', { ...job, ...api, instance: `${node}:6443`, verb: verb.toUpperCase(), scope: 'resource', component: 'apiserver', code: '200' }, calls));
    return [sample('apiserver_requested_deprecated_apis', { ...job, ...api }, 1), ...counters];
  });
}
