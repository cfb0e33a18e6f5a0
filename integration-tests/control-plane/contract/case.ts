/** Who sends a request of the contract: the rows of `USERS` in fixture.ts. */
export type Who = 'admin' | 'reader' | 'nobody';

/** One request as plain data. `{{name}}` in path and body stands for a value that was taken before. */
export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the root of the API server, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, everything else as JSON. */
  readonly body?: unknown;
  readonly as?: Who;
}

/** Where a value for `{{name}}` comes from: a field of what an object or list looks like at that moment. */
export interface Taken {
  readonly path: string;
  /** `metadata.uid`. */
  readonly field: string;
}

/** One row of the contract: a request that sources or operations can send, and what of the answer the product reads. */
export interface Case extends Ask {
  readonly area: 'discovery' | 'list' | 'metadata only' | 'get' | 'watch' | 'patch' | 'dry run' | 'preconditions' | 'conflict' | 'scale' | 'logs' | 'events' | 'access review' | 'admission' | 'refusals';
  readonly name: string;
  /** Objects that have to be there, besides those of the fixture; sent as an admin, in this order. */
  readonly given?: readonly Ask[];
  readonly takes?: Readonly<Record<string, Taken>>;
  /** Fields of an answered object, or of each item of a list, that are compared besides its kind and name. */
  readonly shows?: readonly string[];
  /** Of a list of resources or groups: those that are compared. The real server serves more than the world has. */
  readonly among?: readonly string[];
  /** Sent while the watch is open, in this order; only of a watch. */
  readonly during?: readonly Ask[];
  /** What is read afterwards, to see what the request did. */
  readonly then?: readonly (Ask & { readonly shows?: readonly string[] })[];
}

/** The namespace of all objects of the contract. */
export const PLACE = 'contract';

/** The path of a kind or one of its objects in the contract's namespace. */
export const at = (api: string, plural: string, name?: string): string => `/${api === 'v1' ? 'api' : 'apis'}/${api}/namespaces/${PLACE}/${plural}${name === undefined ? '' : `/${name}`}`;

export const deployments = (name?: string): string => at('apps/v1', 'deployments', name);
export const leases = (name?: string): string => at('coordination.k8s.io/v1', 'leases', name);
export const pods = (name?: string): string => at('v1', 'pods', name);
export const kubevirts = (name?: string): string => at('kubevirt.io/v1', 'kubevirts', name);

export const JSON_PATCH = { 'content-type': 'application/json-patch+json' };
export const MERGE_PATCH = { 'content-type': 'application/merge-patch+json' };
export const STRATEGIC_PATCH = { 'content-type': 'application/strategic-merge-patch+json' };

/** The uid and resourceVersion of an object, as `{{uid}}` and `{{version}}`. */
export const marksOf = (path: string): Readonly<Record<string, Taken>> => ({ uid: { path, field: 'metadata.uid' }, version: { path, field: 'metadata.resourceVersion' } });
