import { type Late } from '../engine/late';

/** What runs as pods of one kind: an operator's Deployment or a DaemonSet, named once and read by many steps. */
export interface Workload {
  readonly kind: 'Deployment' | 'DaemonSet';
  readonly name: string;
  /** The namespace it runs in. */
  readonly in: Late<string>;
  /** The label selector of its pods. */
  readonly labels: string;
  /** A field selector, where only some of its pods are meant: those of one node. */
  readonly fields?: Late<string>;
  /** The container that the diagnosis is about. */
  readonly container: string;
}

/** A workload with replicas. */
export type DeploymentWorkload = Workload & { readonly kind: 'Deployment' };
