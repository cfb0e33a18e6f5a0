import { type Workload } from '../sources/workload';
import { installed } from './installed';

const operand = <K extends Workload['kind']>(kind: K, name: string): Workload & { readonly kind: K } =>
  ({ kind, name, in: installed.out.namespace, labels: `kubevirt.io=${name}`, container: name });

/** The workloads of KubeVirt's control plane; all run in the namespace of the KubeVirt object. */
export const virtOperator = operand('Deployment', 'virt-operator');
export const virtApi = operand('Deployment', 'virt-api');
export const virtController = operand('Deployment', 'virt-controller');
export const virtHandler = operand('DaemonSet', 'virt-handler');
