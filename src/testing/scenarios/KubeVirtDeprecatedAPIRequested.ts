import { askFor } from '../apiRequests';
import { scenario } from './define';
import type { Scenario, ScenarioSpec } from './scenario';

const MACHINES = 'virtualmachines.v1alpha3.kubevirt.io';
const deprecated = (spec: ScenarioSpec): Scenario => scenario({ alert: 'KubeVirtDeprecatedAPIRequested', ...spec });

/** Clients of an old version of the API. */
export const kubeVirtDeprecatedApiRequested: readonly Scenario[] = [
  deprecated({
    id: 'deprecated-api-program',
    title: 'A backup program asks for VMs in the version v1alpha3',
    cause: 'old-workload',
    apply: (cluster) => askFor(cluster, MACHINES, { user: 'system:serviceaccount:nightly-backup:backup-agent', agent: 'backup-agent/v1.4.2 (linux/amd64) kubernetes/4f3a1c0', verb: 'get' }),
  }),
  deprecated({
    id: 'deprecated-api-references',
    title: 'Old owner references make the garbage collector ask for VMs in the version v1alpha3',
    cause: 'old-references',
    apply: (cluster) => askFor(cluster, MACHINES, {
      user: 'system:serviceaccount:kube-system:generic-garbage-collector',
      agent: 'kube-controller-manager/v1.35.4 (linux/amd64) kubernetes/3f9e1d2/system:serviceaccount:kube-system:generic-garbage-collector', verb: 'get',
    }),
  }),
];
