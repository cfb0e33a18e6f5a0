import { type Late } from '../engine/late';
import { type ListSource, type ObjectSource, type Where } from '../engine/source';
import { kinds } from './kinds';
import { type KubeObject, type Pod } from './objects';
import { type Workload } from './workload';

/** The pods of a control plane workload, watched. There are as many as replicas or nodes. */
export const podsOf = ({ in: namespace, labels, fields }: Pick<Workload, 'in' | 'labels' | 'fields'>): ListSource<Pod> =>
  ({ kind: 'list', of: kinds.Pod, in: namespace, labels, ...(fields === undefined ? {} : { fields }), part: 'full', atMost: 500, live: true });

/** Pods by selectors, read once: the author says how many at most. */
export const pods = (of: { readonly in: Where; readonly labels?: Late<string>; readonly fields?: Late<string>; readonly atMost: number }): ListSource<Pod> =>
  ({ kind: 'list', of: kinds.Pod, part: 'full', ...of });

/** The same, names, labels and owners only: small enough for thousands. */
export const podNames = (of: { readonly in: Where; readonly labels?: Late<string>; readonly fields?: Late<string>; readonly atMost: number }): ListSource<KubeObject> =>
  ({ kind: 'list', of: kinds.Pod, part: 'metadata', ...of });

/** What tells pods apart and whose they are: small enough for tens of thousands. */
export const podIdentities = (of: { readonly in: Where; readonly labels: string; readonly fields: string; readonly atMost: number }): ListSource<KubeObject> =>
  ({ kind: 'list', of: kinds.Pod, part: 'identity', ...of });

/** One pod by name. */
export const pod = (of: { readonly in: Late<string>; readonly name: Late<string> }): ObjectSource<Pod> =>
  ({ kind: 'object', of: kinds.Pod, part: 'full', ...of });
