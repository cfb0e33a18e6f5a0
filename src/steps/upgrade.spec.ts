import { evidence } from '../testing/evidence';
import { kubeVirtOf, metadata, minutesAgo } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { upgrade } from './upgrade';

const csv = (name: string, phase: string, minutes: number, replaces?: string) => ({ metadata: metadata(name), spec: { replaces }, status: { phase, lastTransitionTime: minutesAgo(minutes) } });
const still = { kubevirts: evidence([kubeVirtOf()]), versions: evidence([csv('cnv.v1', 'Succeeded', 900)]), platform: evidence([{ metadata: metadata('version'), status: { conditions: [{ type: 'Progressing', status: 'False' }] } }]), pools: evidence() };
const replaced = (minutes: number) => evidence([csv('cnv.v1', 'Replacing', minutes), csv('cnv.v2', 'Installing', minutes, 'cnv.v1')]);
const platform = evidence([{ metadata: metadata('version'), status: { desired: { version: '4.22.3' }, conditions: [{ type: 'Progressing', status: 'True', lastTransitionTime: minutesAgo(40) }] } }]);
const pools = evidence([{ metadata: metadata('master'), status: { machineCount: 3, updatedMachineCount: 1, conditions: [{ type: 'Updating', status: 'True', lastTransitionTime: minutesAgo(20) }] } }]);

testStep(upgrade, {
  'nothing moves': { given: still, finds: ['pass', 'none'] },
  'the operator is replaced': { given: { ...still, versions: replaced(5) }, finds: ['info', 'operator'], says: 'cnv.v1 by cnv.v2' },
  'the operator is replaced for half an hour': { given: { ...still, versions: replaced(30) }, finds: ['warn', 'operatorOverdue'] },
  'the operator is only installed again': { given: { ...still, versions: evidence([csv('cnv.v1', 'Installing', 2, 'cnv.v0')]) }, finds: ['pass', 'none'] },
  'KubeVirt moves': { given: { ...still, kubevirts: evidence([kubeVirtOf({ observedKubeVirtVersion: 'v1.8.3', targetKubeVirtVersion: 'v1.8.4' })]) }, finds: ['info', 'virtualization'], says: 'from v1.8.3 to v1.8.4' },
  'OpenShift moves, node by node': { given: { ...still, platform, pools }, finds: ['info', 'platform', 'pools'], says: '4.22.3' },
  'only a pool moves': { given: { ...still, pools }, finds: ['info', 'pools'], says: '1 of 3 nodes of the pool master' },
});
