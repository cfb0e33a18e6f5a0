import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands, manual, navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type Workload } from '../sources/workload';
import { installed } from '../steps/installed';
import { type podsRunning } from '../steps/podsRunning';
import { virtOperator } from '../steps/workloads';

const HARMLESS = { risk: 'none', vms: msg('Nothing.'), undo: msg('Not needed: nothing is changed.') } as const;

/** Asks virt-operator why it does not make a component again. */
export const readOperatorLog = (of: Workload) => commands({
  id: 'read-operator-log', ...HARMLESS,
  title: msg('Read why virt-operator leaves {{name}} as it is', { name: of.name }),
  summary: msg('Shows what virt-operator logs about {{name}} and what the KubeVirt object reports. A refusal of the API server, a patch that does not apply, and a webhook that says no stand there.', { name: of.name }),
  commands: [
    sh`oc logs -n ${virtOperator.in} -l ${virtOperator.labels} --prefix --tail=500 | grep -E '"level":"(error|warning)"|${of.name}'`,
    sh`oc get kubevirt ${installed.out.name} -n ${of.in} -o jsonpath='{.status.conditions}'`,
    sh`oc get kubevirt ${installed.out.name} -n ${of.in} -o jsonpath='{.spec.infra} {.spec.customizeComponents}'`,
  ],
});

/** Opens the KubeVirt object, which says how many pods a component has. */
export const seeInfraReplicas = navigate({
  id: 'see-infra-replicas', ...HARMLESS,
  title: msg('Decide whether 1 pod is enough'),
  summary: msg('Opens the HyperConverged object. On a cluster with 1 node 1 pod is right. On a larger one take the number away there, and virt-operator runs 2 or more.'),
  place: { page: 'list', of: kinds.HyperConverged },
  commands: [sh`oc get kubevirt ${installed.out.name} -n ${installed.out.namespace} -o jsonpath='{.spec.infra}'`, sh`oc get nodes -l kubevirt.io/schedulable=true`],
});

/** Finds what takes the memory of a container that was killed. */
export const findMemory = (of: Workload, running: ReturnType<typeof podsRunning>) => commands({
  id: 'find-memory', ...HARMLESS,
  title: msg('Find out who took the memory'),
  summary: msg('{{name}} ships without a memory limit. If it has one, somebody put it there: take it away where that was said. If it has none, its node ran out of memory: move something else off the node.', { name: of.name }),
  commands: [
    sh`oc get pods -n ${of.in} -l ${of.labels} -o jsonpath='{range .items[*]}{.metadata.name}{"\\t"}{.spec.nodeName}{"\\t"}{.spec.containers[*].resources}{"\\n"}{end}'`,
    sh`oc adm top pods -n ${of.in} -l ${of.labels} --containers`,
    sh`oc describe pod -n ${of.in} ${running.out.unwell}`,
    sh`oc adm top nodes`,
    sh`oc get kubevirt ${installed.out.name} -n ${of.in} -o jsonpath='{.spec.customizeComponents}'`,
  ],
});

/** Waits for a rollout, with an end. */
export const awaitRollout = (of: Workload) => manual({
  id: 'await-rollout', ...HARMLESS,
  title: msg('Wait for the rollout, with an end'),
  summary: msg('Pods of {{name}} are replaced one after the other. If nothing moves for 10 minutes, Kubernetes calls the rollout stuck, and this page says what holds it.', { name: of.name }),
  todo: [msg('Leave the pods alone while new ones become ready.'), msg('Look here again 10 minutes after the last pod came.')],
});

/** Looks along the way from the control plane to virt-api. */
export const checkPathToApi = (of: Workload) => commands({
  id: 'check-path-to-api', ...HARMLESS,
  title: msg('Find where the way from the API server to the pods ends'),
  summary: msg('The pods are ready, so the kubelets of their nodes reach them, and the API server does not. Look for a NetworkPolicy, for a firewall between control-plane nodes, and for an MTU of the pod network that is larger than what the network carries: small packets come through then, and the TLS handshake hangs.'),
  commands: [
    sh`oc get apiservices | grep subresources.kubevirt.io`,
    sh`oc get endpointslices -n ${of.in} -l kubernetes.io/service-name=${of.name} -o wide`,
    sh`oc get networkpolicies -n ${of.in}`,
    sh`oc get network.config cluster -o jsonpath='{.status.clusterNetworkMTU}'`,
    sh`oc get --raw /apis/subresources.kubevirt.io/v1/healthz`,
  ],
});

/** Lets virt-operator write the authorities anew. */
export const restoreBundles = (of: Workload) => commands({
  id: 'restore-ca-bundles',
  title: msg('Have the authorities written anew'),
  summary: msg('virt-operator writes the published authorities into its webhooks and APIs whenever it looks at them. First find who overwrote them: a backup tool or a pipeline does so again. If virt-operator runs and leaves them, replace its pods.'),
  risk: 'low', vms: msg('Nothing.'), undo: msg('Not needed: virt-operator has the last word.'),
  commands: [
    sh`oc get configmap kubevirt-ca -n ${of.in} -o jsonpath='{.data.ca-bundle}' | openssl storeutl -noout -text -certs /dev/stdin`,
    sh`oc get validatingwebhookconfigurations,mutatingwebhookconfigurations -l kubevirt.io -o yaml --show-managed-fields`,
    sh`oc delete pod -n ${virtOperator.in} -l ${virtOperator.labels}`,
  ],
});
