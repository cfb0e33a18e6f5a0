import { type ListSource } from '../engine/source';
import { kinds } from './kinds';
import { type Node } from './objects';

/** All nodes. A node is 10 to 20 kB, so clusters beyond this size are read in part, and say so. */
export const nodes = (): ListSource<Node> =>
  ({ kind: 'list', of: kinds.Node, in: 'the cluster', part: 'full', atMost: 500 });
