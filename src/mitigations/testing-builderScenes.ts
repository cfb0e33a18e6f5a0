import { msg } from '../engine';
import { virtOperatorDown as runbook } from '../runbooks/virt-operator/VirtOperatorDown';
import { kinds } from '../sources/kinds';
import { hyperConvergeds, migrations, vmis } from '../sources/virtualization';
import { DEFAULT_MARKS } from '../steps/defaultClass';
import { INSTALL_NAMESPACE } from '../testing/builders/names';
import { type Cluster } from '../testing/cluster';
import { healthyCluster } from '../testing/healthy';
import { instancesOn, migrate, minutesAgo, turn, workers } from '../testing/scenarios/launchers';
import { annotate } from './annotate';
import { callVm } from './callSubresource';
import { cancelDrainMigrations } from './cancelMigrations';
import { cordonNode } from './cordon';
import { migrateVms } from './createObject';
import { defaultStorageClass } from './defaultStorageClass';
import { evictPod } from './evictPods';
import { patchField } from './patchField';
import { patchHyperConverged } from './patchHyperConverged';
import { type Scene } from './testing-faultScenes';

const words = { title: msg('.'), summary: msg('.'), risk: 'low', vms: msg('.'), undo: msg('.') } as const;
const says = () => ({ effects: [], vmsAffected: msg('None.') });
const NODE = 'worker-0';
const SHOP = 'web-shop';
const VM = 'mailer';
const HCO = 'kubevirt-hyperconverged';
const OVERCOMMIT = { higherWorkloadDensity: { memoryOvercommitPercentage: 150 } };

const overcommitted = (): Cluster => {
  const cluster = healthyCluster();
  overcommit(cluster);
  return cluster;
};
const overcommit = (cluster: Cluster): void => {
  cluster.update('HyperConverged', INSTALL_NAMESPACE, HCO, (draft) => { draft['spec'] = { ...(draft['spec'] as object), ...OVERCOMMIT }; });
};

const [MARK] = DEFAULT_MARKS.virtualization;
/** Three storage classes, of which the first two are both the default. */
const twoDefaults = (): Cluster => {
  const cluster = healthyCluster();
  for (const [name, cloneStrategy] of [['a', 'copy'], ['b', 'copy'], ['c', 'snapshot']] as const) {
    cluster.create({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name, ...(name === 'c' ? {} : { annotations: { [MARK]: 'true' } }) }, provisioner: 'example.com/disks' });
    cluster.create({ apiVersion: 'cdi.kubevirt.io/v1beta1', kind: 'StorageProfile', metadata: { name }, spec: {}, status: { storageClass: name, cloneStrategy, claimPropertySets: [{ accessModes: ['ReadWriteMany'], volumeMode: 'Block' }] } });
  }
  return cluster;
};

/** Ten migrations that are to empty a node and wait. */
const drainWaits = (cluster: Cluster): void => {
  const leaving = instancesOn(cluster, turn(workers(cluster), 0));
  for (let one = 0; one < 10; one += 1) migrate(cluster, turn(leaving, one), { by: 'evacuation', phase: 'Pending', at: minutesAgo(cluster, 5) });
};
const draining = (): Cluster => {
  const cluster = healthyCluster();
  drainWaits(cluster);
  return cluster;
};
const migrationsBecome = (phase: string) => (cluster: Cluster): void => {
  for (const { metadata: { namespace, name } } of cluster.list('VirtualMachineInstanceMigration')) cluster.update('VirtualMachineInstanceMigration', namespace, name, (draft) => { draft['status'] = { phase }; });
};

/** One of each builder that came after the first. */
export const BUILDER_SCENES: readonly Scene[] = [
  {
    name: 'patchField', runbook, given: healthyCluster, verifiedBy: 'objects',
    mitigation: patchField({ ...words, id: 'set', of: kinds.HyperConverged, object: hyperConvergeds('all namespaces'), path: '/spec/enableCommonBootImageImport', to: () => false, says }),
    revert: (cluster) => { cluster.update('HyperConverged', INSTALL_NAMESPACE, HCO, (draft) => { draft['spec'] = { ...(draft['spec'] as object), enableCommonBootImageImport: true }; }); },
  },
  {
    name: 'patchHyperConverged', runbook, given: overcommitted, verifiedBy: 'objects', revert: overcommit,
    mitigation: patchHyperConverged({ ...words, id: 'percent', field: 'memoryOvercommitPercentage', to: () => 100, says }),
  },
  {
    name: 'annotate', runbook, given: healthyCluster, verifiedBy: 'objects',
    mitigation: annotate({ ...words, id: 'label', of: kinds.HyperConverged, object: hyperConvergeds('all namespaces'), where: 'annotations', key: 'example.com/kept', value: () => 'yes', says }),
    revert: (cluster) => { cluster.update('HyperConverged', INSTALL_NAMESPACE, HCO, (draft) => { draft.metadata.annotations = { ...draft.metadata.annotations, 'example.com/kept': 'no' }; }); },
  },
  {
    name: 'cordon', runbook, given: healthyCluster, verifiedBy: 'objects', mitigation: cordonNode({ id: 'close', node: NODE }),
    revert: (cluster) => { cluster.update('Node', undefined, NODE, ({ spec }) => { delete spec.unschedulable; }); },
  },
  {
    name: 'callSubresource', runbook, given: healthyCluster, verifiedBy: 'objects', mitigation: callVm('stop', { ...words, id: 'stop', namespace: SHOP, name: VM }),
    revert: (cluster) => { cluster.update('VirtualMachine', SHOP, VM, (draft) => { draft['spec'] = { ...(draft['spec'] as object), runStrategy: 'Always' }; }); },
  },
  {
    name: 'createObject', runbook, given: healthyCluster, verifiedBy: 'objects', creates: true,
    mitigation: migrateVms({ ...words, id: 'migrate', vmis: vmis({ in: SHOP, atMost: 500 }), migrations: migrations({ in: SHOP, atMost: 500 }) }),
    picked: (cluster) => ({ vms: cluster.list('VirtualMachineInstance', SHOP).map(({ metadata }) => `${SHOP}/${metadata.name}`).join(',') }),
    goesOn: migrationsBecome('Succeeded'), revert: migrationsBecome('Failed'),
  },
  {
    name: 'defaultStorageClass', runbook, given: twoDefaults, picked: () => ({ class: 'c' }), verifiedBy: 'objects', mitigation: defaultStorageClass('virtualization'),
    revert: (cluster) => { cluster.update('StorageClass', undefined, 'a', (draft) => { draft.metadata.annotations = { ...draft.metadata.annotations, [MARK]: 'true' }; }); },
  },
  {
    name: 'evictPods', runbook, given: healthyCluster, verifiedBy: 'objects', mitigation: evictPod({ ...words, id: 'evict', node: NODE }),
  },
  {
    name: 'cancelMigrations', runbook, given: draining, verifiedBy: 'objects', staysIfHeld: true, mitigation: cancelDrainMigrations, revert: drainWaits,
  },
];
