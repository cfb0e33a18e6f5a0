import { registryAnswer } from '../steps/registryAnswer';
import { virtOperator } from '../steps/workloads';
import { filled } from '../testing/planned';
import { correctPullSecret, pullByHand } from './images';

it('keeps a copy of the pull secret before it is stored again', () => {
  const [save = '', store = ''] = filled(correctPullSecret);
  expect(save).toMatch(/^oc extract secret\/pull-secret .* && cp \.dockerconfigjson \.dockerconfigjson\.before$/);
  expect(store).toMatch(/^oc set data secret\/pull-secret /);
});

it('pulls with the credentials that the kubelet has, on the node that could not', () => {
  const [pull, ...looks] = filled(pullByHand(registryAnswer(virtOperator)), { node: 'worker-0', image: 'registry.example/a;b@sha256:1' });
  expect(pull).toBe("oc debug node/worker-0 -- chroot /host podman pull --authfile /var/lib/kubelet/config.json 'registry.example/a;b@sha256:1'");
  expect(looks.filter((command) => !/^oc get /.test(command))).toEqual([]);
});
