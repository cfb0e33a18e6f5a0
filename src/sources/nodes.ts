import { type Late } from '../engine/late';
import { type ListSource, type ObjectSource } from '../engine/source';
import { kinds } from './kinds';
import { type Node } from './objects';

/** All nodes. A node is 10 to 20 kB, so clusters beyond this size are read in part, and say so. */
export const nodes = (): ListSource<Node> =>
  ({ kind: 'list', of: kinds.Node, in: 'the cluster', part: 'full', atMost: 500 });

/** The nodes whose virt-handler is alive and offers them to VMs: KubeVirt sets the label (core/v1/types.go, `NodeSchedulable`). */
export const vmNodes = (): ListSource<Node> => ({ ...nodes(), labels: 'kubevirt.io/schedulable=true' });

/** One node by name. */
export const node = (name: Late<string>): ObjectSource<Node> => ({ kind: 'object', of: kinds.Node, in: 'the cluster', name, part: 'full' });
