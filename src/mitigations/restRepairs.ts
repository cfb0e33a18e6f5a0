import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { type Mitigation, commands, navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type Workload } from '../sources/workload';
import { type RestSteps } from '../steps/restSteps';
import { type RestCalls, failedShare } from '../steps/restReadings';
import { deletePods } from './deletePods';

const HARMLESS = { risk: 'none', vms: msg('Nothing.'), undo: msg('Not needed: nothing is changed.') } as const;

/** Who gives a component its rights back: virt-operator does for the three that it installs, OLM did once for virt-operator. */
const ownerOf = ({ name, in: namespace }: Workload): Mitigation => (name === 'virt-operator'
  ? commands({
    id: 'see-operator-roles', ...HARMLESS,
    title: msg('See what OLM should have given'),
    summary: msg('Compares the roles with the ClusterServiceVersion that they were made from. OLM makes them when it installs a version; it does not watch them.'),
    commands: [
      sh`oc get clusterserviceversions -n ${namespace} -o jsonpath='{.items[*].spec.install.spec.clusterPermissions[?(@.serviceAccountName=="kubevirt-operator")].rules}'`,
      sh`oc get clusterroles,clusterrolebindings -l olm.owner.namespace=${namespace}`,
      sh`oc get roles,rolebindings -n ${namespace} -l olm.owner.namespace=${namespace}`,
    ],
  })
  : navigate({
    id: 'open-no-leading-operator', ...HARMLESS,
    title: msg('Ask why virt-operator does not repair it'),
    summary: msg('virt-operator puts the roles of this component back within minutes, if it runs and leads. That they are still wrong means that it does not, or may not.'),
    place: { page: 'runbook', alert: 'NoLeadingVirtOperator' },
  }));

/** Gives the account the right that the API server says it lacks, beside its own roles. */
export const restoreRight = (of: Workload, { rights, account }: RestSteps): readonly Mitigation[] => [ownerOf(of), commands({
  id: 'restore-right', risk: 'low', vms: msg('Nothing.'),
  title: msg('Give the missing right until its owner does'),
  summary: msg('Adds a ClusterRole with the missing verbs and binds it to the account, in this namespace alone where KubeVirt gives the right there alone. The shipped roles stay as they are. Delete both once those are whole again.'),
  undo: msg('Delete the binding and the ClusterRole.'),
  commands: [
    sh`oc create clusterrole ${`${of.name}-missing-right`} --verb=${rights.out.verbs} --resource=${rights.out.resource}`,
    sh`oc create ${rights.out.binding} -n ${of.in} ${`${of.name}-missing-right`} --clusterrole=${`${of.name}-missing-right`} --serviceaccount=${of.in}:${account.out.account}`,
    sh`oc auth can-i ${rights.out.verb} ${rights.out.resource} -n ${of.in} --as=system:serviceaccount:${of.in}:${account.out.account}`,
  ],
})];

/** Makes pods log in anew, one at a time, and shows first whether that is it. */
export const renewTokens = (of: Workload, { account }: RestSteps): readonly Mitigation[] => [deletePods({
  id: 'renew-tokens', of,
  title: msg('Let the pods log in anew'),
  summary: msg('Deletes the pods that are picked one after the other; each new pod gets a token of the account that exists now. Begin with one: if the new pod is refused too, the account is not it.'),
  alone: msg('The only ready pod of {{name}} goes. Its calls are refused anyway; running VMs do not notice.', { name: of.name }),
}), commands({
  id: 'see-account', ...HARMLESS,
  title: msg('See why the tokens are not accepted'),
  summary: msg('Shows the account and its age, the age of the pods, and how the API server and its log-in are. If nothing is wrong with the account, the keys with which the API server checks tokens have changed, or a clock is wrong.'),
  commands: [
    sh`oc get serviceaccount ${account.out.account} -n ${of.in} -o yaml`,
    sh`oc get pods -n ${of.in} -l ${of.labels} -o custom-columns=NAME:.metadata.name,CREATED:.metadata.creationTimestamp,NODE:.spec.nodeName`,
    sh`oc get clusteroperators kube-apiserver authentication`,
    sh`oc get authentications.config.openshift.io cluster -o jsonpath='{.spec.serviceAccountIssuer}{"\n"}{.status}{"\n"}'`,
  ],
})];

/** Replaces the one pod that fails where its peers do not, and no other. */
export const replaceOne = (of: Workload, { pods }: RestSteps) => deletePods({
  id: 'replace-pod', of, only: pods.out.differing,
  title: msg('Replace the one pod that fails'),
  summary: msg('Deletes the pod of {{name}} that fails where its peers do not; a new one starts with a new token and new connections. Of no use if all pods fail: then every restart only adds calls.', { name: of.name }),
});

/** Brings back what answers for a webhook. The webhook itself stays: it guards something. */
export const reviveWebhook = ({ log, webhook }: RestSteps) => commands({
  id: 'revive-webhook', ...HARMLESS,
  title: msg('Bring back what answers for the webhook'),
  summary: msg('Finds the configuration of the webhook, its service and the pods behind it. Bring those back; until then every write that it asks to see fails, not these alone. Taking it out is its owner’s decision, and its owner puts it back.'),
  commands: [
    sh`oc get validatingwebhookconfigurations,mutatingwebhookconfigurations -o custom-columns=KIND:.kind,NAME:.metadata.name,WEBHOOKS:.webhooks[*].name | grep -F ${log.out.webhook}`,
    sh`oc get endpointslices -n ${webhook.out.namespace} -l kubernetes.io/service-name=${webhook.out.service}`,
    sh`oc get pods -n ${webhook.out.namespace} -o wide`,
  ],
});

/** Finds who refuses, and why. */
export const askRefuser = (of: Workload, { log }: RestSteps) => commands({
  id: 'ask-refuser', ...HARMLESS,
  title: msg('Settle it with the owner of the webhook'),
  summary: msg('A policy refuses what {{name}} writes. Read what it objects to, and have its owner exempt the namespace or the account of KubeVirt; KubeVirt cannot be told to write something else.', { name: of.name }),
  commands: [
    sh`oc get validatingwebhookconfigurations,mutatingwebhookconfigurations -o custom-columns=KIND:.kind,NAME:.metadata.name,WEBHOOKS:.webhooks[*].name | grep -F ${log.out.webhook}`,
    sh`oc logs -n ${of.in} -l ${of.labels} --prefix --tail=1000 | grep -F 'denied the request'`,
    sh`oc get validatingadmissionpolicies`,
  ],
});

/** Looks at the API server and at etcd behind it. */
export const mendApiServer = commands({
  id: 'mend-api-server', ...HARMLESS,
  title: msg('Mend the API server'),
  summary: msg('Everybody’s calls suffer, not those of virtualization alone. Look at the operators of API server and etcd, then at disk and CPU of the control-plane nodes: a slow disk under etcd is the usual reason. Restarting components of KubeVirt adds load and changes nothing.'),
  commands: [
    sh`oc get clusteroperators kube-apiserver etcd openshift-apiserver`,
    sh`oc get --raw /readyz?verbose`,
    sh`oc get pods -n openshift-etcd -l app=etcd -o wide`,
    sh`oc logs -n openshift-etcd -l app=etcd -c etcd --tail=50 | grep -E 'took too long|slow|leader'`,
    sh`oc adm top nodes -l node-role.kubernetes.io/control-plane`,
  ],
});

/** Finds who asks too much, and what its queue allows. */
export const easeLoad = ({ flow }: RestSteps) => commands({
  id: 'ease-load', ...HARMLESS,
  title: msg('Find who asks too much, and stop that'),
  summary: msg('Shows the queue that is full, who waits in it, and who calls most. Often it is a mass start, a mass migration or a tool that lists everything: slow that down. Do not restart the pods: each start lists everything again. Widening the priority level is the last resort.'),
  commands: [
    sh`oc get flowschema ${flow.out.schema} -o yaml`,
    sh`oc get --raw /debug/api_priority_and_fairness/dump_priority_levels`,
    sh`oc get --raw /debug/api_priority_and_fairness/dump_queues | grep -F ${flow.out.level}`,
    sh`oc get virtualmachineinstancemigrations -A --no-headers | grep -cE 'Running|Pending|Scheduling'`,
    sh`oc adm top nodes -l node-role.kubernetes.io/control-plane`,
  ],
});

/** Finds the other writer of the objects that conflict. */
export const findWriter = (of: Workload, { calls }: RestSteps) => commands({
  id: 'find-writer', ...HARMLESS,
  title: msg('Find who else writes these objects'),
  summary: msg('A conflict means that the object changed between reading and writing. Some are normal. This many mean a second writer that never rests: a second copy of {{name}}, a GitOps tool or a policy engine that undoes what it writes. The log names the objects, their managed fields name the writers. Stop the other one.', { name: of.name }),
  commands: [
    sh`oc logs -n ${of.in} -l ${of.labels} --prefix --tail=1000 | grep -F 'the object has been modified'`,
    sh`oc get ${calls.out.resource} -A -o json --show-managed-fields | jq -r '.items[].metadata | .name as $n | .managedFields[]? | [.time, .manager, $n] | @tsv' | sort | tail -20`,
    sh`oc get pods -A -l ${of.labels} -o wide`,
  ],
});

/** Compares what is written with what the API server takes. */
export const compareVersions = (of: Workload, { calls }: RestSteps) => commands({
  id: 'compare-versions', ...HARMLESS,
  title: msg('Let versions match again'),
  summary: msg('The log quotes the field that is refused. Usually the definition in the cluster is of another release than the program: an upgrade that stopped half way, or a definition that somebody applied by hand. Bring the upgrade to its end; virt-operator then writes its own definitions again.'),
  commands: [
    sh`oc logs -n ${of.in} -l ${of.labels} --prefix --tail=1000 | grep -F 'is invalid'`,
    sh`oc get kubevirt -A -o custom-columns=NAME:.metadata.name,OBSERVED:.status.observedKubeVirtVersion,TARGET:.status.targetKubeVirtVersion,PHASE:.status.phase`,
    sh`oc get customresourcedefinitions -l app.kubernetes.io/managed-by=virt-operator -L app.kubernetes.io/version`,
    sh`oc explain ${calls.out.resource}`,
  ],
});

/** Finds what is asked for and not there. */
export const findMissing = (of: Workload, { calls }: RestSteps) => commands({
  id: 'find-missing', ...HARMLESS,
  title: msg('Put back what is missing'),
  summary: msg('If the kind itself is gone, virt-operator or OLM makes its definition again. If single objects are gone, the log names them: usually somebody deleted something that {{name}} still works on.', { name: of.name }),
  commands: [
    sh`oc api-resources | grep -F ${calls.out.resource}`,
    sh`oc get customresourcedefinitions | grep kubevirt.io`,
    sh`oc logs -n ${of.in} -l ${of.labels} --prefix --tail=1000 | grep -F 'not found'`,
  ],
});

/** Finds the client that asks virt-api for VMs that do not run. */
export const findAsker = (of: Workload) => commands({
  id: 'find-asker', ...HARMLESS,
  title: msg('Find who asks for VMs that do not run'),
  summary: msg('virt-api looks up the instance for every console, VNC or guest query, and gets 404 if the VM is stopped. The audit log names the client: a monitoring script or a console tab that was left open. Nothing of virtualization is broken.'),
  commands: [
    sh`oc adm node-logs --role=master --path=kube-apiserver/audit.log | grep -F subresources.kubevirt.io | grep -F '"code":404' | jq -r '[.user.username, .userAgent, .requestURI] | @tsv' | sort | uniq -c | sort -rn | head`,
    sh`oc logs -n ${of.in} -l ${of.labels} --prefix --tail=1000 | grep -F '"statusCode":404'`,
  ],
});

/** Opens the chart of the share, to watch whether it is more than chance. */
export const watchShare = (rest: RestCalls) => navigate({
  id: 'watch-share', ...HARMLESS,
  title: msg('Watch whether it is more than chance'),
  summary: msg('Opens the share of failed calls as a chart. So few calls prove nothing; look again when there is more to do.'),
  place: { page: 'metrics', query: failedShare(rest) },
});

/** Lets a program make more calls per second. The defaults: KubeVirt 1.8.4, `pkg/virt-config/virt-config.go`. */
export const raiseLimit = (of: Workload) => commands({
  id: 'raise-limit', risk: 'medium', vms: msg('Nothing. The components of KubeVirt are rolled out anew.'),
  title: msg('Let KubeVirt make more calls per second'),
  summary: msg('Sets the tuning policy of HyperConverged, one limit for virt-api, virt-controller and virt-handler. By default the first two make 200 calls per second and a virt-handler 50. Do that only if the API server has room: what waits in the program now waits there then.'),
  undo: msg('Remove the tuning policy and the annotation.'),
  commands: [
    sh`oc annotate hyperconverged kubevirt-hyperconverged -n ${of.in} 'hco.kubevirt.io/tuningPolicy={"qps":400,"burst":800}'`,
    sh`oc patch hyperconverged kubevirt-hyperconverged -n ${of.in} --type=merge -p '{"spec":{"tuningPolicy":"annotation"}}'`,
    sh`oc get kubevirt -A -o jsonpath='{.items[*].spec.configuration.handlerConfiguration}'`,
  ],
});

/** Opens the node of the pod that fails alone. */
export const seeNode = ({ pods }: RestSteps) => navigate({
  id: 'see-node', ...HARMLESS,
  title: msg('Look at the node of that pod'),
  summary: msg('Opens the node with its conditions and events. A clock that is wrong there makes its tokens look expired; a new pod on that node fails like the one before.'),
  place: { page: 'object', of: kinds.Node, name: pods.out.node, tab: 'events' },
  commands: [
    sh`oc describe node ${pods.out.node}`,
    sh`oc debug node/${pods.out.node} -- chroot /host chronyc tracking`,
  ],
});

/** Looks at the node whose pod gets no answers. */
export const checkNodeNetwork = (of: Workload, { silence }: RestSteps) => commands({
  id: 'check-node-network', ...HARMLESS,
  title: msg('Check the network of its node'),
  summary: msg('Shows the node of the pod that gets no answers, and what runs beside it. If other pods there are cut off too, it is the node: its network pod, its DNS, its link.'),
  commands: [
    sh`oc get pod -n ${of.in} ${silence.out.pod} -o wide`,
    sh`oc exec -n ${of.in} ${silence.out.pod} -- curl -sk -m 5 https://kubernetes.default.svc/readyz`,
    sh`oc get pods -n openshift-ovn-kubernetes -l app=ovnkube-node -o wide`,
    sh`oc get pods -n openshift-dns -o wide`,
  ],
});
