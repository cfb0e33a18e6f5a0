import { type Query, promql } from '../engine/source';
import { type DeploymentWorkload } from '../sources/workload';
import { installed } from './installed';
import { virtOperator } from './workloads';

/** One leader election: who takes part, and what the programs report of it. The lease has the name of the workload. */
export interface Election {
  readonly of: DeploymentWorkload;
  /** One series per pod: 1 if it leads. */
  readonly leading: Query;
  /** One series per pod: 1 once it takes part in the election. */
  readonly ready: Query;
}

/**
 * virt-operator's election: KubeVirt 1.8.4, `pkg/virt-operator/application.go`; the metrics are those of
 * `pkg/monitoring/metrics/virt-operator/component_metrics.go`.
 */
export const operatorElection: Election = {
  of: virtOperator,
  leading: promql`kubevirt_virt_operator_leading_status{namespace="${installed.out.namespace}"}`,
  ready: promql`kubevirt_virt_operator_ready_status{namespace="${installed.out.namespace}"}`,
};
