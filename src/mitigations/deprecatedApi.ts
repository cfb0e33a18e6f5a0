import { sh } from '../engine/command';
import { label } from '../engine/late';
import { msg } from '../engine/message';
import { commands, manual, navigate } from '../engine/mitigation';
import { kinds } from '../sources/kinds';
import { type deprecatedClients } from '../steps/deprecatedClients';
import { installed } from '../steps/installed';

const HARMLESS = { risk: 'none', vms: msg('Nothing.'), undo: msg('Not needed: nothing is changed.') } as const;

const FROM_V1ALPHA3 = msg('Ask for kubevirt.io/v1. The objects are the same in both versions: the API server converts them, so only apiVersion changes.');
const FROM_PRESETS = msg('For presets there is no newer version: choose an instance type and a preference instead.');

/** What programs do: find the one behind the account, and update it. */
export const updateWorkload = ({ out }: typeof deprecatedClients) => commands({
  id: 'update-workload', ...HARMLESS,
  title: msg('Find the program, and update it'),
  summary: msg('Shows the pods that run with the account. Update them to a release that asks for kubevirt.io/v1; backup, GitOps and automation tools are the usual ones. The alert ends ten minutes after the last call.'),
  commands: [
    sh`oc get pods -n ${out.home} --field-selector spec.serviceAccountName=${out.account} -o wide`,
    sh`oc get pods -n ${out.home} --field-selector spec.serviceAccountName=${out.account} -o jsonpath='{range .items[*]}{.metadata.ownerReferences[*].kind}{"/"}{.metadata.ownerReferences[*].name}{" "}{.spec.containers[*].image}{"\\n"}{end}'`,
  ],
});

/** What people do: newer tools, newer manifests. */
export const moveManifests = manual({
  id: 'move-manifests', ...HARMLESS,
  title: msg('Move tools and manifests to kubevirt.io/v1'),
  summary: msg('Tell whoever the diagnosis names. Nothing in the cluster has to change.'),
  todo: [FROM_V1ALPHA3, msg('Replace virtctl and oc by those of this cluster’s version; the console has them under Command line tools.'), FROM_PRESETS],
});

/** Finds objects whose owner reference keeps the old version alive. */
export const renewReferences = commands({
  id: 'renew-references', ...HARMLESS,
  title: msg('Find the objects with an old owner reference'),
  summary: msg('Lists what names an owner in the old version. Whoever made these objects must make them with kubevirt.io/v1; most are claims, data volumes and revisions of old VMs. Do not edit the references by hand: an object whose owner reference is wrong is deleted.'),
  commands: [
    sh`oc get datavolumes,persistentvolumeclaims,controllerrevisions,secrets,configmaps,services -A -o json | jq -r --arg v kubevirt.io/${label('version')} '.items[] | select(.metadata.ownerReferences[]?.apiVersion == $v) | [.kind, .metadata.namespace, .metadata.name] | @tsv'`,
  ],
});

/** Virtualization or the platform itself: its update is the repair. */
export const updateVirtualization = navigate({
  id: 'update-virtualization', ...HARMLESS,
  title: msg('Look whether an update waits'),
  summary: msg('Programs of virtualization and of the platform are updated with them. If nothing waits to be updated, it is a bug: open a support case with the table of the diagnosis.'),
  place: { page: 'list', of: kinds.ClusterServiceVersion, namespace: installed.out.namespace },
});

/** What is wrong is the sum, and it rights itself. */
export const awaitCounters = manual({
  id: 'await-counters', ...HARMLESS,
  title: msg('Wait ten minutes'),
  summary: msg('The alert ends by itself once the sum has been steady for ten minutes.'),
  todo: [msg('If it comes back again and again, look why API servers restart or are not scraped: their pods are in openshift-kube-apiserver.')],
});
