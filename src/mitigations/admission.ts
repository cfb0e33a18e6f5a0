import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands } from '../engine/mitigation';
import { type Workload } from '../sources/workload';
import { type podsCreated } from '../steps/podsCreated';

type Created = ReturnType<typeof podsCreated>;

/** Puts back the priority class of KubeVirt's control plane: KubeVirt 1.8.4, manifests/generated/kubevirt-priority-class.yaml. */
export const createPriorityClass = commands({
  id: 'create-priority-class',
  title: msg('Create the priority class again'),
  summary: msg('Creates kubevirt-cluster-critical with the value that KubeVirt ships. The refused pods are tried again by themselves, within 17 minutes at most.'),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Delete the priority class. Pods that already run keep their priority.'),
  commands: [
    sh`oc create priorityclass kubevirt-cluster-critical --value=1000000000 --description='This priority class should be used for KubeVirt core components only.'`,
    sh`oc get priorityclass kubevirt-cluster-critical`,
  ],
});

/** Removes a quota that leaves no room for the control plane, after saving it. */
export const liftQuota = (of: Workload, created: Created) => commands({
  id: 'lift-quota',
  title: msg('Lift the quota'),
  summary: msg('Saves the quota that refuses the pods and deletes it. The namespace of the control plane should carry none. Choose raising it instead if somebody insists on it.'),
  risk: 'low',
  vms: msg('Nothing.'),
  undo: msg('Apply the saved file again.'),
  commands: [
    sh`oc describe resourcequota ${created.out.named} -n ${of.in}`,
    sh`oc get resourcequota ${created.out.named} -n ${of.in} -o yaml > resourcequota-${created.out.named}.yaml`,
    sh`oc delete resourcequota ${created.out.named} -n ${of.in}`,
  ],
});

/** Looks behind a webhook that refuses or does not answer. Deleting its configuration is no repair: its owner puts it back. */
export const repairWebhook = (of: Workload, created: Created) => commands({
  id: 'repair-webhook',
  title: msg('Repair the webhook'),
  summary: msg('Finds the configuration of the webhook that stops the pods, its service and the pods behind it. Bring those pods back, or ask their owner what they object to. Leave the configuration alone: without it nothing is checked, and its owner puts it back.'),
  risk: 'none',
  vms: msg('Nothing.'),
  undo: msg('Not needed: nothing is changed.'),
  commands: [
    sh`oc get validatingwebhookconfigurations,mutatingwebhookconfigurations -o custom-columns=KIND:.kind,NAME:.metadata.name,WEBHOOKS:.webhooks[*].name | grep -F ${created.out.named}`,
    sh`oc get endpointslices -n ${created.out.webhookNamespace} -l kubernetes.io/service-name=${created.out.webhookService}`,
    sh`oc get pods -n ${created.out.webhookNamespace} -o wide`,
    sh`oc get events -n ${of.in} --field-selector reason=FailedCreate`,
  ],
});

/** Shows a refusal that this page has no name for. */
export const readRefusal = (of: Workload) => commands({
  id: 'read-refusal',
  title: msg('Remove what the API server objects to'),
  summary: msg('Shows the refusal in full, and the service account and security context constraints that it may speak of. OLM puts both back when the ClusterServiceVersion is installed again.'),
  risk: 'none',
  vms: msg('Nothing.'),
  undo: msg('Not needed: nothing is changed.'),
  commands: [
    sh`oc get events -n ${of.in} --field-selector reason=FailedCreate`,
    sh`oc get serviceaccounts -n ${of.in}`,
    sh`oc get securitycontextconstraints`,
    sh`oc get namespace ${of.in} -o yaml`,
  ],
});
