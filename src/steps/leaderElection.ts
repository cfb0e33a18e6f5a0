import { type Message, msg } from '../engine/message';
import { type Query, promql } from '../engine/source';
import { type DeploymentWorkload } from '../sources/workload';
import { installed } from './installed';
import { virtController, virtOperator } from './workloads';

/** Something that a program lists, and waits for before it goes on. */
export interface Cache {
  /** The type as its reflector writes it: `failed to list *v1.KubeVirt`. */
  readonly type: string;
  /** The resource as `oc` names it. */
  readonly resource: string;
  /** The one namespace that it is listed in; absent: everywhere. */
  readonly in?: string;
  /** What a line must say besides, where the program lists more of this type than it waits for. */
  readonly only?: RegExp;
}

/** One leader election: who takes part, and what the programs report of it. The lease has the name of the workload. */
export interface Election {
  readonly of: DeploymentWorkload;
  /** One series per pod: 1 if it leads. */
  readonly leading: Query;
  /** One series per pod: 1 once it takes part in the election. */
  readonly ready: Query;
  /** What a candidate reads before it takes part. */
  readonly before: readonly Cache[];
  /** What the winner reads before it works and says that it leads. */
  readonly after: readonly Cache[];
  /** Does a pod serve its metrics, and pass its probes, while it waits for the former? */
  readonly servesWhileWaiting: boolean;
  /** Whose the rights on the lease are, and how they come back. */
  readonly rights: Message;
  /** What resumes as soon as somebody leads. */
  readonly resumes: Message;
  /** The alert that says why no pod runs. */
  readonly down: string;
}

const DEFINITIONS: Cache = { type: 'CustomResourceDefinition', resource: 'customresourcedefinitions.apiextensions.k8s.io' };
const KUBEVIRTS: Cache = { type: 'KubeVirt', resource: 'kubevirts.kubevirt.io' };

/**
 * virt-operator's election: KubeVirt 1.8.4, `pkg/virt-operator/application.go`; the metrics are those of
 * `pkg/monitoring/metrics/virt-operator/component_metrics.go`.
 */
export const operatorElection: Election = {
  of: virtOperator,
  leading: promql`kubevirt_virt_operator_leading_status{namespace="${installed.out.namespace}"}`,
  ready: promql`kubevirt_virt_operator_ready_status{namespace="${installed.out.namespace}"}`,
  before: [DEFINITIONS, KUBEVIRTS, {
    type: 'ConfigMap', resource: 'configmaps/extension-apiserver-authentication', in: 'kube-system',
    only: /extension-apiserver-authentication|namespaces\/kube-system\/configmaps/,
  }],
  after: [],
  servesWhileWaiting: true,
  rights: msg('OLM made the originals when it installed the operator and does not make them again by itself; install the operator’s version anew when there is time, then delete these two.'),
  resumes: msg('Nothing at once. An upgrade that waited starts once somebody leads.'),
  down: 'VirtOperatorDown',
};

/**
 * virt-controller's election: KubeVirt 1.8.4, `pkg/virt-controller/watch/application.go`. It serves nothing, its probes included, until its
 * first caches are filled (`Execute`), and says that it leads only after three more are (`onStartedLeading`). The metrics are those of
 * `pkg/monitoring/metrics/virt-controller/component_metrics.go`.
 */
export const controllerElection: Election = {
  of: virtController,
  leading: promql`kubevirt_virt_controller_leading_status{namespace="${installed.out.namespace}"}`,
  ready: promql`kubevirt_virt_controller_ready_status{namespace="${installed.out.namespace}"}`,
  before: [DEFINITIONS, KUBEVIRTS],
  after: [
    { type: 'PersistentVolumeClaim', resource: 'persistentvolumeclaims' },
    { type: 'Namespace', resource: 'namespaces' },
    { type: 'ResourceQuota', resource: 'resourcequotas' },
  ],
  servesWhileWaiting: false,
  rights: msg('virt-operator made the originals and puts them back within minutes of leading again; delete these two then. If it leads and does not, its own log says why.'),
  resumes: msg('Nothing at once. Once somebody leads, VMs that waited are started, stopped and migrated.'),
  down: 'VirtControllerDown',
};
