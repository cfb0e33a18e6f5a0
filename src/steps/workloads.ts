import { type Workload } from '../sources/workload';
import { installed } from './installed';

const operand = (name: string, kind: Workload['kind'] = 'Deployment'): Workload =>
  ({ kind, name, in: installed.out.namespace, labels: `kubevirt.io=${name}`, container: name });

/** The workloads of KubeVirt's control plane; all run in the namespace of the KubeVirt object. */
export const virtOperator = operand('virt-operator');
export const virtApi = operand('virt-api');
export const virtController = operand('virt-controller');
export const virtHandler = operand('virt-handler', 'DaemonSet');
