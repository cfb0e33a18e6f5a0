import { testStep } from '../testing/testStep';
import { alertHint } from './alertHint';

testStep(alertHint, {
  'the rule counts over all pods': { given: {}, finds: ['notApplicable', 'none'] },
  'a pod waits for its image': { given: {}, labels: { reason: 'ImagePullBackOff', pod: 'a' }, finds: ['warn', 'imagePull'] },
  'a pod crashes': { given: {}, labels: { reason: 'CrashLoopBackOff' }, finds: ['warn', 'crashLoop'] },
  'a reason that says little': { given: {}, labels: { reason: 'ContainerCreating' }, finds: ['warn', 'reason'] },
  'a pod without a reason': { given: {}, labels: { pod: 'virt-operator-1' }, finds: ['info', 'pod'], says: 'virt-operator-1' },
});
