import type { Cluster } from '../cluster';

/** Whether a service has an address that is ready, read from its EndpointSlices as the API server's resolver does. */
export function hasEndpoints(cluster: Cluster, service: { namespace: string; name: string }): boolean {
  return cluster
    .list('EndpointSlice', service.namespace)
    .some((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service.name && slice.endpoints.some((endpoint) => endpoint.conditions.ready));
}
