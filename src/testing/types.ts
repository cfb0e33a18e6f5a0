/**
 * The world: a cluster as plain objects, who may do what in it, and the faults that can befall it.
 * Specs ask it directly; the sandbox serves it over HTTP. There is one, and nothing else is ever faked.
 */

/** Any Kubernetes object, as the API server would send it. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean; blockOwnerDeletion?: boolean }[];
    generateName?: string;
    managedFields?: unknown[];
    finalizers?: string[];
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** One rule of what a user may do, as in an RBAC role; `namespaces` absent means everywhere. */
export interface UserRule {
  verbs: readonly string[];
  apiGroups: readonly string[];
  /** `pods`, `pods/log`, `*`. */
  resources: readonly string[];
  namespaces?: readonly string[];
}

/** Somebody who asks. Access reviews and refusals (403) are both answered from `rules`. */
export interface User {
  name: string;
  groups: readonly string[];
  rules: readonly UserRule[];
}

/** One request to the API server, and its answer: the simulator over HTTP and the specs in process use the same two. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query, below the API server's root: `/api/v1/namespaces/openshift-cnv/pods?limit=5`. */
  path: string;
  /** Lower-case header names. */
  headers: Readonly<Record<string, string>>;
  body?: string;
  user: User;
}
export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A raw metric sample at one instant, as an exporter would expose it. */
export interface MetricSample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}
