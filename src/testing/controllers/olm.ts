import { deployment as newDeployment } from '../builders/workload';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { ClusterServiceVersion } from '../objects';
import { conditionOf } from './conditions';

interface Phase {
  phase: string;
  reason: string;
  message: string;
}

const SUCCEEDED: Phase = { phase: 'Succeeded', reason: 'InstallSucceeded', message: 'install strategy completed with no errors' };
const UNKNOWN: Phase = { phase: 'Pending', reason: 'RequirementsUnknown', message: 'requirements not yet checked' };
const NOT_MET: Phase = { phase: 'Pending', reason: 'RequirementsNotMet', message: "one or more requirements couldn't be found" };
const READY: Phase = { phase: 'InstallReady', reason: 'AllRequirementsMet', message: 'all requirements found, attempting install' };
const INSTALLING: Phase = { phase: 'Installing', reason: 'InstallSucceeded', message: 'waiting for install components to report healthy' };
const UNHEALTHY: Phase = { phase: 'Failed', reason: 'ComponentUnhealthy', message: 'installing: components are not healthy any more' };
const TOO_MANY: Phase = { phase: 'Failed', reason: 'TooManyOperatorGroups', message: "csv created in namespace with multiple operatorgroups, can't pick one automatically" };
const NO_GROUP: Phase = { phase: 'Failed', reason: 'NoOperatorGroup', message: 'csv in namespace with no operatorgroups' };

/**
 * Operator Lifecycle Manager, as far as an operator's Deployments need it (operator-lifecycle-manager
 * pkg/controller/operators/olm/operator.go): a deleted one comes back while the ClusterServiceVersion can be installed; replicas
 * are left alone. Does nothing while olm-operator itself does not run.
 */
export function runOlm(cluster: Cluster): void {
  const olm = cluster.get('Deployment', 'openshift-operator-lifecycle-manager', 'olm-operator');
  if (conditionOf(olm?.status.conditions, 'Available')?.status !== 'True') return;
  for (const csv of cluster.list('ClusterServiceVersion')) {
    if (csv.status['copied'] === true) continue;
    const next = nextPhase(cluster, csv);
    if (next.phase === 'Installing' && csv.status.phase === 'InstallReady') installMissing(cluster, csv);
    setPhase(cluster, csv, next);
  }
}

function nextPhase(cluster: Cluster, csv: ClusterServiceVersion): Phase {
  const groups = cluster.list('OperatorGroup', csv.metadata.namespace).length;
  if (groups !== 1) return groups === 0 ? NO_GROUP : TOO_MANY;
  switch (csv.status.phase) {
    case 'Pending': return hasRequirements(cluster, csv) ? READY : csv.status.reason === 'RequirementsUnknown' || csv.status.reason === 'RequirementsNotMet' ? NOT_MET : UNKNOWN;
    case 'InstallReady': return INSTALLING;
    case 'Installing': return waitingFor(cluster, csv) ?? SUCCEEDED;
    case 'Succeeded': return waitingFor(cluster, csv) ? UNHEALTHY : SUCCEEDED;
    default: return UNKNOWN;
  }
}

const deploymentsOf = (csv: ClusterServiceVersion): ClusterServiceVersion['spec']['install']['spec']['deployments'] => csv.spec.install.spec.deployments;

/** The phase that names the first Deployment that is not available yet; undefined when all are. */
function waitingFor(cluster: Cluster, csv: ClusterServiceVersion): Phase | undefined {
  for (const { name } of deploymentsOf(csv)) {
    const deployment = cluster.get('Deployment', csv.metadata.namespace, name);
    const available = conditionOf(deployment?.status.conditions, 'Available');
    if (available?.status === 'True') continue;
    const why = deployment ? `deployment "${name}" not available: ${available?.message ?? 'not observed yet'}` : `deployment "${name}" not found`;
    return { phase: 'Installing', reason: 'InstallWaiting', message: `installing: waiting for deployment ${name} to become ready: ${why}` };
  }
  return undefined;
}

/** Of a CSV's requirements the world knows its service accounts. */
function hasRequirements(cluster: Cluster, csv: ClusterServiceVersion): boolean {
  return deploymentsOf(csv).every(({ spec }) => cluster.get('ServiceAccount', csv.metadata.namespace, spec.template.spec.serviceAccountName ?? 'default') !== undefined);
}

/** The labels OLM puts on what it installs for a CSV. */
export function ownerLabels(csv: Pick<ClusterServiceVersion, 'metadata'>): Record<string, string> {
  const { name, namespace = '' } = csv.metadata;
  return { 'olm.managed': 'true', 'olm.owner': name, 'olm.owner.kind': 'ClusterServiceVersion', 'olm.owner.namespace': namespace };
}

function installMissing(cluster: Cluster, csv: ClusterServiceVersion): void {
  const { namespace = '', name: owner, uid = '' } = csv.metadata;
  const ownerReferences = [{ apiVersion: csv.apiVersion, kind: csv.kind, name: owner, uid, controller: false, blockOwnerDeletion: false }];
  for (const { name, label = {}, spec } of deploymentsOf(csv)) {
    if (cluster.get('Deployment', namespace, name)) continue;
    const annotations = { ...spec.template.metadata.annotations, 'olm.operatorNamespace': namespace, 'olm.targetNamespaces': '', 'olm.operatorGroup': cluster.list('OperatorGroup', namespace)[0]?.metadata.name ?? '' };
    const marked = { ...spec, template: { ...spec.template, metadata: { ...spec.template.metadata, annotations } } };
    const labels = { ...label, ...ownerLabels(csv), 'olm.deployment-spec-hash': cluster.random.letters(27), 'operators.coreos.com/kubevirt-hyperconverged.openshift-cnv': '' };
    const managedFields = [
      { manager: 'olm', operation: 'Update', apiVersion: 'apps/v1', time: timestamp(cluster.now()), fieldsType: 'FieldsV1', fieldsV1: { 'f:metadata': { 'f:labels': { 'f:olm.owner': {} } }, 'f:spec': { 'f:replicas': {}, 'f:selector': {}, 'f:template': {} } } },
      { manager: 'kube-controller-manager', operation: 'Update', apiVersion: 'apps/v1', time: timestamp(cluster.now()), fieldsType: 'FieldsV1', fieldsV1: { 'f:status': { 'f:conditions': {}, 'f:observedGeneration': {} } }, subresource: 'status' },
    ];
    cluster.create(newDeployment({ namespace, name, labels, spec: marked, ownerReferences, managedFields }));
  }
}

function setPhase(cluster: Cluster, csv: ClusterServiceVersion, { phase, reason, message }: Phase): void {
  if (csv.status.phase === phase && csv.status.reason === reason && csv.status.message === message) return;
  cluster.update('ClusterServiceVersion', csv.metadata.namespace, csv.metadata.name, (draft) => {
    const at = timestamp(cluster.now());
    const history = (draft.status['conditions'] ?? []) as unknown[];
    draft.status = { ...draft.status, phase, reason, message, lastUpdateTime: at, ...(draft.status.phase === phase ? {} : { lastTransitionTime: at }), conditions: [...history, { phase, reason, message, lastTransitionTime: at, lastUpdateTime: at }].slice(-20) };
  });
}
