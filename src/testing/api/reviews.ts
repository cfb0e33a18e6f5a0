import type { ApiRequest, User } from '../types';
import { parseBody } from './patch';
import { mayRead, mayUser } from './rights';
import { badRequest, invalid } from './status';

interface ResourceAttributes {
  verb?: string;
  group?: string;
  resource?: string;
  subresource?: string;
  namespace?: string;
}

interface Review {
  spec?: { resourceAttributes?: ResourceAttributes; nonResourceAttributes?: { path?: string; verb?: string }; namespace?: string };
}

const API = 'authorization.k8s.io/v1';

/** Answers SelfSubjectAccessReview and SelfSubjectRulesReview from the rules that also make the 403s; undefined for other paths. */
export function review(request: ApiRequest, pathname: string): unknown {
  if (request.method !== 'POST') return undefined;
  if (pathname === `/apis/${API}/selfsubjectaccessreviews`) return accessReview(request.user, parseBody(request.body) as Review);
  if (pathname === `/apis/${API}/selfsubjectrulesreviews`) return rulesReview(request.user, parseBody(request.body) as Review);
  return undefined;
}

function accessReview(user: User, { spec }: Review): unknown {
  const asked = spec?.resourceAttributes;
  if (!asked && !spec?.nonResourceAttributes) throw invalid('', 'authorization.k8s.io', '', 'spec.resourceAttributes', 'Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified');
  const resource = asked?.subresource ? `${asked.resource ?? ''}/${asked.subresource}` : (asked?.resource ?? '');
  const namespace = asked?.namespace || undefined;
  const allowed = asked ? mayUser(user, { verb: asked.verb ?? '', group: asked.group ?? '', resource, namespace }) : mayRead(user, spec?.nonResourceAttributes?.path ?? '');
  return { kind: 'SelfSubjectAccessReview', apiVersion: API, metadata: {}, spec, status: { allowed, ...(allowed ? { reason: `RBAC: allowed to User "${user.name}"` } : {}) } };
}

function rulesReview(user: User, { spec }: Review): unknown {
  const namespace = spec?.namespace;
  if (!namespace) throw badRequest('no namespace on request');
  const rules = user.rules.filter((rule) => rule.namespaces === undefined || rule.namespaces.includes(namespace));
  return {
    kind: 'SelfSubjectRulesReview',
    apiVersion: API,
    metadata: {},
    spec: {},
    status: {
      resourceRules: rules.map(({ verbs, apiGroups, resources }) => ({ verbs, apiGroups, resources })),
      nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/healthz', '/version'] }],
      incomplete: false,
    },
  };
}
