import { type ObjectSource } from '../engine/source';
import { kinds } from './kinds';
import { type Deployment } from './objects';
import { type Workload } from './workload';

/** One Deployment, watched. */
export const deployment = (of: Pick<Workload, 'in' | 'name'>): ObjectSource<Deployment> =>
  ({ kind: 'object', of: kinds.Deployment, in: of.in, name: of.name, part: 'full', live: true });
