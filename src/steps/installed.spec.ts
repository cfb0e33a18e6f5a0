import { absent, evidence } from '../testing/evidence';
import { kubeVirtOf, minutesAgo } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { installed } from './installed';

const deployed = kubeVirtOf();
const accident = kubeVirtOf({}, { name: 'second', namespace: 'elsewhere' });

const nothing = { kubevirts: evidence(), api: evidence() };

testStep(installed, {
  'one object names namespace and versions': {
    given: { ...nothing, kubevirts: evidence([deployed]) }, finds: ['pass', 'found'], says: 'In openshift-cnv, KubeVirt v1.8.4.',
    out: { namespace: 'openshift-cnv', name: 'kubevirt', observedVersion: 'v1.8.4', targetVersion: 'v1.8.4' },
  },
  'one object that was never deployed is found all the same': {
    given: { ...nothing, kubevirts: evidence([accident]) }, finds: ['pass', 'found'], says: 'No version', out: { namespace: 'elsewhere', observedVersion: undefined },
  },
  'of two the deployed one counts': {
    given: { ...nothing, kubevirts: evidence([accident, deployed]) }, finds: ['warn', 'several'], says: 'Only kubevirt in openshift-cnv', out: { namespace: 'openshift-cnv' },
  },
  'of two that were deployed nobody can tell': {
    given: { ...nothing, kubevirts: evidence([deployed, deployed]) }, finds: ['unknown', 'several'], out: { namespace: undefined },
  },
  'an object that goes says so': {
    given: { ...nothing, kubevirts: evidence([kubeVirtOf(undefined, { deletionTimestamp: minutesAgo(3) })]) }, finds: ['info', 'beingRemoved'], out: { namespace: 'openshift-cnv' },
  },
  'no object in the whole cluster': { given: nothing, finds: ['fail', 'absent'], out: { namespace: undefined } },
  'no object in the part that could be read': { given: { ...nothing, kubevirts: evidence([], { complete: false }) }, finds: ['unknown', 'noneSeen'] },
  'no such API': { given: { ...nothing, api: absent() }, finds: ['fail', 'notServed'], says: 'kubevirt.io/v1' },
});
