import { label, text } from '../engine/late';
import { type ApiSource, type ObjectSource } from '../engine/source';
import { kinds } from './kinds';
import { type KubeObject } from './objects';

interface Verb {
  readonly verb?: string;
  readonly requestCount?: number;
}

interface User {
  readonly username?: string;
  readonly userAgent?: string;
  readonly requestCount?: number;
  readonly byVerb?: readonly Verb[];
}

/** The requests of one hour, as each API server counted them. */
export interface HourOfRequests {
  readonly requestCount?: number;
  readonly byNode?: readonly { readonly nodeName?: string; readonly requestCount?: number; readonly byUser?: readonly User[] }[];
}

/** Who asked for one version of one resource within a day: openshift/api `apiserver/v1/types_apirequestcount.go`. */
export interface ApiRequestCount extends KubeObject {
  readonly status?: {
    /** Not written yet for hours without requests. */
    readonly last24h?: readonly HourOfRequests[];
    readonly removedInRelease?: string;
  };
}

/** The count of the version that the alert names; OpenShift alone keeps it, under resource, version and group. */
export const requestCount = (): ObjectSource<ApiRequestCount> =>
  ({ kind: 'object', of: kinds.APIRequestCount, in: 'the cluster', name: text`${label('resource')}.${label('version')}.${label('group')}`, part: 'full' });

/** What KubeVirt serves in its old version. */
export const oldKubeVirtApi = (): ApiSource => ({ kind: 'api', group: 'kubevirt.io', version: 'v1alpha3' });
