import { imageOf, platformImage } from './names';

/** What the nodes have pulled already: a container with one of these starts without asking the registry. */
export const CONTROL_PLANE_IMAGES = [
  'virt-operator', 'virt-api', 'virt-controller', 'hyperconverged-cluster-operator', 'hyperconverged-cluster-webhook',
  'virt-cdi-operator', 'kubevirt-ssp-operator', 'cluster-network-addons-operator',
].map(imageOf).concat(['kube-state-metrics', 'prometheus', 'operator-lifecycle-manager'].map(platformImage));

export const WORKER_IMAGES = CONTROL_PLANE_IMAGES.concat(['virt-handler', 'virt-launcher'].map(imageOf));
