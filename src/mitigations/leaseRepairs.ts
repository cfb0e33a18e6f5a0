import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { commands, manual, navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type Workload } from '../sources/workload';
import { type Cache, type Election } from '../steps/leaderElection';
import { type ElectionSteps } from '../steps/leaderSteps';

const HARMLESS = { risk: 'none', vms: msg('Nothing.'), undo: msg('Not needed: nothing is changed.') } as const;

/** Gives the account of the candidates the rights on leases that it has lost. */
export const grantLease = ({ of, rights }: Election, { candidates }: Pick<ElectionSteps, 'candidates'>) => commands({
  id: 'grant-lease', risk: 'low', vms: msg('Nothing.'),
  title: msg('Give {{name}} its rights on the lease back', { name: of.name }),
  summary: msg('Adds a role and a binding for leases in this namespace, beside the original ones. {{rights}}', { rights: { message: rights } }),
  undo: msg('Delete the role and the binding.'),
  commands: [
    sh`oc -n ${of.in} create role ${`${of.name}-lease`} --verb=get,list,watch,create,update,patch,delete --resource=leases.coordination.k8s.io`,
    sh`oc -n ${of.in} create rolebinding ${`${of.name}-lease`} --role=${`${of.name}-lease`} --serviceaccount=${of.in}:${candidates.out.account}`,
    sh`oc auth can-i update leases.coordination.k8s.io/${of.name} -n ${of.in} --as=system:serviceaccount:${of.in}:${candidates.out.account}`,
  ],
});

/** Finds what answers for a webhook. The webhook itself stays: it guards something. */
export const repairLeaseWebhook = ({ backends, webhooks }: Pick<ElectionSteps, 'backends' | 'webhooks'>) => commands({
  id: 'repair-lease-webhook', ...HARMLESS,
  title: msg('Bring back what answers for the webhook'),
  summary: msg('Shows the webhook, its service and the pods behind it: bring those back, or ask their owner what they object to. Until then every write that it asks to see fails, not that of the lease alone. Taking the webhook out is its owner’s decision.'),
  commands: [
    sh`oc get ${webhooks.out.configuration} -o yaml`,
    sh`oc get endpointslices -n ${backends.out.namespace} -l kubernetes.io/service-name=${backends.out.service}`,
    sh`oc get pods -n ${backends.out.namespace} -o wide`,
  ],
});

/** Looks along the way from the pods to the API server. */
export const checkApiPath = ({ of }: { readonly of: Workload }) => commands({
  id: 'check-api-path', ...HARMLESS,
  title: msg('Find out why the API server does not answer the pods'),
  summary: msg('If other workloads of the same nodes suffer too, it is the network or the API server; if only these pods do, look for a NetworkPolicy. A slow etcd shows as time-outs.'),
  commands: [
    sh`oc -n ${of.in} get pods -l ${of.labels} -o wide`,
    sh`oc get --raw /readyz?verbose`,
    sh`oc get clusteroperators kube-apiserver etcd network`,
    sh`oc -n default get endpointslices -l kubernetes.io/service-name=kubernetes`,
    sh`oc -n ${of.in} get networkpolicies`,
  ],
});

const mayList = ({ of }: Election, caches: readonly Cache[], { candidates }: Pick<ElectionSteps, 'candidates'>) => caches.map(({ resource, in: where }) => (where
  ? sh`oc auth can-i list ${resource} -n ${where} --as=system:serviceaccount:${of.in}:${candidates.out.account}`
  : sh`oc auth can-i list ${resource} -A --as=system:serviceaccount:${of.in}:${candidates.out.account}`));

/** Asks what the account may list of the things that the election waits for. */
export const repairCaches = (election: Election, steps: Pick<ElectionSteps, 'candidates'>) => commands({
  id: 'repair-caches', ...HARMLESS,
  title: msg('Find out what the pods cannot read'),
  summary: msg('Each first answer must be yes. A no names the missing right: repair the role that gave it. If all are yes, the API server does not answer these lists, and the log says how.'),
  commands: [...mayList(election, election.before, steps), sh`oc get customresourcedefinitions kubevirts.kubevirt.io`],
});

/** The same for what the leader waits for before it works. */
export const repairLeaderCaches = (election: Election, steps: Pick<ElectionSteps, 'candidates'>) => commands({
  id: 'repair-leader-caches', ...HARMLESS,
  title: msg('Find out what the leader cannot read'),
  summary: msg('Each first answer must be yes. A no names the missing right: virt-operator gives it back if it leads, so look at that first. If all are yes, the API server does not answer lists of the whole cluster in time: the last answer says how long they take.'),
  commands: [
    ...mayList(election, election.after, steps),
    sh`oc -n ${election.of.in} get lease virt-operator -o jsonpath='{.spec.holderIdentity}{" "}{.spec.renewTime}{"\\n"}'`,
    sh`time oc get --raw /api/v1/persistentvolumeclaims?limit=500 > /dev/null`,
  ],
});

/** Finds the program that renews a lease which is not its own. */
export const findHolder = ({ of }: Election, { holder }: Pick<ElectionSteps, 'holder'>) => commands({
  id: 'find-holder', ...HARMLESS,
  title: msg('Find who renews the lease'),
  summary: msg('Some program with rights in this namespace takes part in an election that is not its own: a copy of the operator in another namespace or on a laptop, or a backup tool. Stop it there; {{name}} follows within seconds.', { name: of.name }),
  commands: [
    sh`oc -n ${of.in} get leases.coordination.k8s.io ${of.name} -o yaml --show-managed-fields`,
    sh`oc get pods -A --field-selector metadata.name=${holder.out.holder} -o wide`,
    sh`oc get pods -A -l ${of.labels} -o wide`,
  ],
});

/** The runbook that knows why no pod runs. */
export const openDown = ({ of, down }: Election) => navigate({
  id: `open-${of.name}-down`, ...HARMLESS,
  title: msg('Go to {{down}}', { down }),
  summary: msg('It asks why no pod of {{name}} runs, and brings it back.', { name: of.name }),
  place: { page: 'runbook', alert: down },
});

/** Looks at what makes leaders lose their lease. */
export const calmElection = ({ of }: Election) => commands({
  id: 'calm-election', ...HARMLESS,
  title: msg('Find out what makes leaders lose the lease'),
  summary: msg('A leader must write the lease within 10 seconds. It fails to if the API server or etcd is slow, if the pod gets no CPU, or if its node is overloaded. Take a CPU limit off, where it was set: the Deployment ships without one, and its owner puts back what is changed there by hand. Else take the load away, or delete the pods one at a time so that they start on a calmer node.'),
  commands: [
    sh`oc -n ${of.in} get events --field-selector reason=LeaderElection --sort-by=.lastTimestamp`,
    sh`oc -n ${of.in} get deployments ${of.name} -o jsonpath='{.spec.template.spec.containers[*].resources}'`,
    sh`oc adm top pods -n ${of.in} -l ${of.labels}`,
    sh`oc adm top nodes`,
    sh`oc get clusteroperators kube-apiserver etcd`,
  ],
});

/** Opens the objects in which rights are given. */
export const openBindings = ({ of }: Election) => navigate({
  id: 'open-role-bindings', ...HARMLESS,
  title: msg('Look at the role bindings'),
  summary: msg('The bindings of the account of {{name}} stand here. Those that OLM made have names that begin with that of the ClusterServiceVersion.', { name: of.name }),
  place: { page: 'list', of: kinds.RoleBinding, namespace: of.in },
});

/** Nothing to repair: somebody decided it. */
export const confirmRemoval = manual({
  id: 'confirm-removal', ...HARMLESS,
  title: msg('Ask who removes virtualization'),
  summary: msg('A namespace or a KubeVirt object that is being deleted takes all of virtualization with it.'),
  todo: [msg('Ask whoever deletes it whether that is meant. A deletion cannot be taken back once it has begun; stop what still creates VMs.')],
});
