import { evidence } from '../testing/evidence';
import { eventOf, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { type ClusterEvent, type Pod } from '../sources/objects';
import { registryAnswer } from './registryAnswer';
import { virtOperator } from './workloads';

const IMAGE = 'registry.example/virt-operator:v1';
const waiting = (reason: string, message?: string): Pod => podOf('virt-operator-1', {
  status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'True' }], containerStatuses: [{ name: 'virt-operator', state: { waiting: { reason, message } } }] },
});
const given = (pod: Pod, ...events: readonly ClusterEvent[]) => ({ pods: evidence([pod]), events: evidence(events) });
const answered = (words: string) => given(waiting('ErrImagePull', words));

testStep(registryAnswer(virtOperator), {
  'no pod waits for an image': { given: given(podOf('a')), finds: ['notApplicable', 'notNeeded'], out: { image: undefined, node: undefined } },
  'it wants credentials': {
    given: answered('initializing source docker://registry.example/virt-operator:v1: unable to retrieve auth token: invalid username/password: unauthorized'),
    finds: ['fail', 'unauthorized'], says: 'invalid username/password', out: { image: IMAGE, node: 'control-plane-0' },
  },
  'it does not have the image': { given: answered('reading manifest v1 in registry.example/virt-operator: manifest unknown'), finds: ['fail', 'notFound'] },
  'its certificate is not trusted': { given: answered('pinging container registry registry.example: Get "https://registry.example/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority'), finds: ['fail', 'untrusted'] },
  'it wants fewer requests': { given: answered('reading manifest v1: toomanyrequests: You have reached your pull rate limit'), finds: ['fail', 'rateLimited'] },
  'nobody resolves its name': { given: answered('pinging container registry registry.example: Get "https://registry.example/v2/": dial tcp: lookup registry.example on 10.0.0.2:53: no such host'), finds: ['fail', 'unreachable'] },
  'the disk is full': { given: answered('writing blob: storing blob to file "/var/tmp/x": write: no space left on device'), finds: ['fail', 'noSpace'] },
  'the container only backs off and an event holds the answer': {
    given: given(waiting('ImagePullBackOff', `Back-off pulling image "${IMAGE}"`), eventOf('Pod', 'virt-operator-1', 'Failed', `Failed to pull image "${IMAGE}": unauthorized: access denied`)),
    finds: ['fail', 'unauthorized'],
  },
  'the answer follows the back-off': { given: given(waiting('ImagePullBackOff', `Back-off pulling image "${IMAGE}": ErrImagePull: manifest unknown`)), finds: ['fail', 'notFound'] },
  'nobody says anything': { given: given(waiting('ImagePullBackOff')), finds: ['fail', 'otherwise'], says: 'ImagePullBackOff' },
});
