import { evidence } from '../testing/evidence';
import { metadata } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type ClusterServiceVersion } from '../sources/objects';
import { installation } from './installation';
import { virtOperator } from './workloads';

const csv = (status: ClusterServiceVersion['status'], more: Partial<NonNullable<ClusterServiceVersion['spec']>> = {}, name = 'cnv.v2'): ClusterServiceVersion => ({
  metadata: metadata(name), status, spec: { install: { spec: { deployments: [{ name: 'virt-operator', spec: { replicas: 2 } }] } }, ...more },
});
const of = (...versions: readonly ClusterServiceVersion[]) => ({ versions: evidence(versions) });

testStep(installation(virtOperator), {
  'it succeeded': {
    given: of(csv({ phase: 'Succeeded' }, { relatedImages: [{ name: 'virt-api', image: 'r/virt-api' }, { name: 'cnv-must-gather', image: 'r/mg@sha256:1' }] })),
    finds: ['pass', 'succeeded'], out: { name: 'cnv.v2', mustGatherImage: 'r/mg@sha256:1' },
  },
  'it failed, in the words of OLM': {
    given: of(csv({ phase: 'Failed', reason: 'TooManyOperatorGroups', message: 'multiple operatorgroups' })), finds: ['fail', 'failed'], says: '“multiple operatorgroups”',
  },
  'requirements are missing': {
    given: of(csv({ phase: 'Pending', reason: 'RequirementsNotMet', requirementStatus: [{ kind: 'ServiceAccount', name: 'kubevirt-operator', status: 'NotPresent' }] })),
    finds: ['fail', 'requirementsNotMet'],
  },
  'it is to be installed again': { given: of(csv({ phase: 'Pending', reason: 'NeedsReinstall' })), finds: ['warn', 'inProgress'] },
  'it is being installed': { given: of(csv({ phase: 'Installing', message: 'waiting for virt-operator' })), finds: ['warn', 'inProgress'] },
  'it goes, and nothing follows': { given: of(csv({ phase: 'Deleting' })), finds: ['info', 'leaving'] },
  'of two the one that stays counts': { given: of(csv({ phase: 'Replacing' }, {}, 'cnv.v1'), csv({ phase: 'Succeeded' })), finds: ['pass', 'succeeded'], out: { name: 'cnv.v2' } },
  'a phase of the future': { given: of(csv({ phase: 'Dreaming' })), finds: ['unknown', 'otherPhase'] },
  'no version brings it': { given: of({ metadata: metadata('other') }), finds: ['info', 'none'], out: { name: undefined } },
});

it('takes the image that the annotation names before all others', () => {
  const annotated = { ...csv({ phase: 'Succeeded' }), metadata: metadata('cnv', { annotations: { 'operators.openshift.io/must-gather-image': 'r/annotated' } }) };
  expect(installation(virtOperator).outputs['mustGatherImage']?.({ versions: evidence([annotated]) }, { now: 0, labels: {}, inputs: {} })).toBe('r/annotated');
});
