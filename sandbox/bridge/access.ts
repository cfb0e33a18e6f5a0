import type { IncomingMessage } from 'node:http';
import { ask, reasonOf } from './ask';
import { addressOf, unreachable, userOf, type Backend } from './proxy';

/** The attributes of a SelfSubjectAccessReview. */
export interface AccessAttributes {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  name?: string;
  namespace: string;
}

/** What was found out about somebody's right; `unknown` if it could not be. */
export type Access = { state: 'allowed' } | { state: 'denied'; message: string } | { state: 'unknown'; message: string };

// kube-rbac-proxy asks for `create` where the request is a POST.
const verbOf = (request: IncomingMessage): string => (request.method === 'GET' || request.method === 'HEAD' ? 'get' : 'create');

/**
 * What the proxies before the monitoring stack ask of a user: for cluster-wide metrics and for Alertmanager a right on
 * their own `api` subresource, for one namespace's metrics the right to read its pods' metrics, for its rules the right to
 * read PrometheusRules there (openshift/cluster-monitoring-operator, jsonnet/components/thanos-querier.libsonnet and
 * alertmanager.libsonnet).
 */
export const monitoringRights = {
  prometheus: (request: IncomingMessage): AccessAttributes => ({
    verb: verbOf(request),
    group: 'monitoring.coreos.com',
    resource: 'prometheuses',
    subresource: 'api',
    name: 'k8s',
    namespace: 'openshift-monitoring',
  }),
  alertmanager: (request: IncomingMessage): AccessAttributes => ({
    verb: verbOf(request),
    group: 'monitoring.coreos.com',
    resource: 'alertmanagers',
    subresource: 'api',
    name: 'main',
    namespace: 'openshift-monitoring',
  }),
  tenantMetrics: (namespace: string): AccessAttributes => ({ verb: 'get', group: 'metrics.k8s.io', resource: 'pods', namespace }),
  tenantRules: (namespace: string): AccessAttributes => ({
    verb: 'get',
    group: 'monitoring.coreos.com',
    resource: 'prometheusrules',
    namespace,
  }),
} as const;

// The form of kube-rbac-proxy's own sentence, which names nothing else.
const refusal = ({ verb, resource, subresource }: AccessAttributes): string =>
  `Forbidden (verb=${verb}, resource=${resource}, subresource=${subresource ?? ''})`;

/** May the user of this request do this? Asked of the simulated API each time, as that user. Never throws. */
export async function accessOf(request: IncomingMessage, kubernetes: Backend, attributes: AccessAttributes): Promise<Access> {
  const address = addressOf(kubernetes);
  if (address === undefined) return { state: 'unknown', message: unreachable(kubernetes, address) };
  try {
    const answer = await ask(`${address}/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...userOf(request) },
      body: JSON.stringify({
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: attributes },
      }),
    });
    if (answer.status !== 201 && answer.status !== 200) return { state: 'unknown', message: `The access review was answered with ${answer.status}.` };
    const review = JSON.parse(answer.body) as { status?: { allowed?: boolean } };
    return review.status?.allowed === true ? { state: 'allowed' } : { state: 'denied', message: refusal(attributes) };
  } catch (error) {
    return { state: 'unknown', message: unreachable(kubernetes, address, reasonOf(error)) };
  }
}
