import { type Right } from './accountRoles';

/** What KubeVirt gives the account of one of its programs. */
interface Shipped {
  /** By a ClusterRole. */
  readonly everywhere: readonly Right[];
  /** By a Role in the namespace of its pods. */
  readonly own: readonly Right[];
}

const rights = (rows: readonly string[]): readonly Right[] => rows.flatMap((row) => {
  const [group = '', resources = '', verbs = ''] = row.split('|');
  return resources.split(' ').flatMap((resource) => verbs.split(' ').map((verb) => ({ group, resource, verb })));
});

/**
 * The rights that KubeVirt 1.8.4 ships, as group, resources and verbs: `pkg/virt-operator/resource/generate/rbac`, without finalizers, without
 * what is granted for single objects, and with the kinds by name where it grants a whole group.
 */
const APISERVER: Shipped = {
  everywhere: rights([
    '|pods|get list delete patch',
    'kubevirt.io|virtualmachines virtualmachineinstances|get list watch patch update',
    '|persistentvolumeclaims|get list',
    'kubevirt.io|virtualmachines/status|patch',
    'kubevirt.io|virtualmachineinstancemigrations|create get list watch patch',
    'kubevirt.io|virtualmachineinstancepresets|watch list',
    '|configmaps|get list watch',
    '|limitranges|watch list',
    'apiextensions.k8s.io|customresourcedefinitions|get list watch',
    'kubevirt.io|kubevirts|get list watch',
    'snapshot.kubevirt.io|virtualmachinesnapshots virtualmachinerestores virtualmachinesnapshotcontents|get list watch',
    'backup.kubevirt.io|virtualmachinebackups|get list watch',
    'backup.kubevirt.io|virtualmachinebackuptrackers|get list watch',
    'cdi.kubevirt.io|datasources datavolumes|get list watch',
    '|namespaces|get list watch',
    'instancetype.kubevirt.io|virtualmachineinstancetypes virtualmachineclusterinstancetypes virtualmachinepreferences virtualmachineclusterpreferences|get list watch',
    'migrations.kubevirt.io|migrationpolicies|get list watch',
    'apps|controllerrevisions|create list get',
    '|nodes|get',
    'authentication.k8s.io|tokenreviews|create',
    'authorization.k8s.io|subjectaccessreviews|create',
  ]),
  own: rights([
    '|configmaps|get list watch',
  ]),
};

const CONTROLLER: Shipped = {
  everywhere: rights([
    '|namespaces|get list watch patch',
    'policy|poddisruptionbudgets|get list watch delete create patch',
    '|pods configmaps endpoints services|get list watch delete update create patch',
    '|events|update create patch',
    '|secrets|create',
    '|pods/eviction|create',
    '|pods/status|patch',
    '|nodes|get list watch update patch',
    'apps|daemonsets|list',
    'apps|controllerrevisions|watch list create delete get update',
    '|persistentvolumeclaims|get list watch create update delete patch',
    'snapshot.kubevirt.io|virtualmachinesnapshots virtualmachinesnapshots/status virtualmachinesnapshotcontents virtualmachinesnapshotcontents/status virtualmachinerestores virtualmachinerestores/status|get list watch create update delete patch',
    'export.kubevirt.io|virtualmachineexports virtualmachineexports/status|get list watch create update delete patch',
    'backup.kubevirt.io|virtualmachinebackups virtualmachinebackups/status|get list watch create update delete patch',
    'backup.kubevirt.io|virtualmachinebackuptrackers virtualmachinebackuptrackers/status|get list watch create update delete patch',
    'pool.kubevirt.io|virtualmachinepools virtualmachinepools/status virtualmachinepools/scale|watch list create delete update patch get',
    'kubevirt.io|kubevirts virtualmachines virtualmachines/status virtualmachineinstances virtualmachineinstancemigrations virtualmachineinstancemigrations/status virtualmachineinstancereplicasets virtualmachineinstancepresets|*',
    'subresources.kubevirt.io|virtualmachines/stop virtualmachineinstances/addvolume virtualmachineinstances/removevolume virtualmachineinstances/backup virtualmachineinstances/redefine-checkpoint virtualmachineinstances/freeze virtualmachineinstances/unfreeze virtualmachineinstances/reset virtualmachineinstances/softreboot virtualmachineinstances/sev/setupsession virtualmachineinstances/sev/injectlaunchsecret|update',
    'cdi.kubevirt.io|cdis cdiconfigs datavolumes datasources dataimportcrons storageprofiles volumeclonesources volumeuploadsources|*',
    'apiextensions.k8s.io|customresourcedefinitions|get list watch',
    'authorization.k8s.io|subjectaccessreviews|create',
    'snapshot.storage.k8s.io|volumesnapshotclasses|get list watch',
    'snapshot.storage.k8s.io|volumesnapshots|get list watch create update delete',
    'storage.k8s.io|storageclasses|get list watch',
    'instancetype.kubevirt.io|virtualmachineinstancetypes virtualmachineclusterinstancetypes virtualmachinepreferences virtualmachineclusterpreferences|get list watch',
    'migrations.kubevirt.io|migrationpolicies|get list watch',
    'clone.kubevirt.io|virtualmachineclones virtualmachineclones/status|get list watch update patch delete',
    '|namespaces|get',
    '|resourcequotas|list watch',
    'batch|jobs|create get delete',
    'resource.k8s.io|resourceslices resourceclaims|list watch get',
    'k8s.cni.cncf.io|network-attachment-definitions|get',
  ]),
  own: rights([
    'route.openshift.io|routes|list get watch',
    '|secrets|list get watch',
    'networking.k8s.io|ingresses|list get watch',
    'coordination.k8s.io|leases|get list watch delete update create patch',
  ]),
};

const HANDLER: Shipped = {
  everywhere: rights([
    'kubevirt.io|virtualmachineinstances|update patch list watch',
    '|nodes|patch list watch get',
    '|configmaps|get list watch',
    '|events|create patch',
    'apiextensions.k8s.io|customresourcedefinitions|get list watch',
    'kubevirt.io|kubevirts|get list watch',
    'migrations.kubevirt.io|migrationpolicies|get list watch',
    'backup.kubevirt.io|virtualmachinebackuptrackers virtualmachinebackuptrackers/status|list watch patch',
    'apps|controllerrevisions|get',
  ]),
  own: rights([
    '|configmaps|get list watch',
  ]),
};

const OPERATOR: Shipped = {
  // It gives the others their rights, so it has to have them all (`getKubeVirtComponentsClusterRules`).
  everywhere: [...APISERVER.everywhere, ...CONTROLLER.everywhere, ...HANDLER.everywhere, ...rights([
    'kubevirt.io|kubevirts|get list watch patch update',
    '|serviceaccounts services endpoints pods/exec|get list watch create update delete patch',
    '|configmaps|patch delete',
    'batch|jobs|get list watch create delete patch',
    'apps|controllerrevisions|watch list create delete patch',
    'apps|deployments daemonsets|get list watch create delete patch',
    'rbac.authorization.k8s.io|clusterroles clusterrolebindings roles rolebindings|get list watch create delete patch update',
    'apiextensions.k8s.io|customresourcedefinitions|get list watch create delete patch',
    'security.openshift.io|securitycontextconstraints|create get list watch',
    'admissionregistration.k8s.io|validatingwebhookconfigurations mutatingwebhookconfigurations validatingadmissionpolicybindings validatingadmissionpolicies|get list watch create delete update patch',
    'apiregistration.k8s.io|apiservices|get list watch create delete update patch',
    'monitoring.coreos.com|servicemonitors prometheusrules|get list watch create delete update patch',
    '|namespaces|get list watch patch',
    'template.kubevirt.io|virtualmachinetemplates virtualmachinetemplaterequests|create delete deletecollection get list patch update watch',
    'template.kubevirt.io|virtualmachinetemplates/status virtualmachinetemplaterequests/status|get patch',
    'template.kubevirt.io|virtualmachinetemplaterequests/source|create',
    'authentication.k8s.io|tokenreviews|create',
    'authorization.k8s.io|subjectaccessreviews|create',
  ])],
  own: rights([
    '|configmaps|create get list watch patch delete',
    'route.openshift.io|routes|create get list watch patch delete',
    'route.openshift.io|routes/custom-host|create',
    'coordination.k8s.io|leases|get list watch delete update create patch',
  ]),
};

const SHIPPED: Readonly<Record<string, Shipped>> = { 'virt-api': APISERVER, 'virt-controller': CONTROLLER, 'virt-handler': HANDLER, 'virt-operator': OPERATOR };

/** What KubeVirt 1.8.4 gives the account of a workload, by the workload's name; nothing for one that it does not install. */
export const shippedTo = (workload: string): Shipped => SHIPPED[workload] ?? { everywhere: [], own: [] };
