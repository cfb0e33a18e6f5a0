import { randomFrom } from '../random';

/** Where OpenShift Virtualization is installed. */
export const INSTALL_NAMESPACE = 'openshift-cnv';
export const KUBEVIRT_NAME = 'kubevirt-kubevirt-hyperconverged';
export const KUBEVIRT_VERSION = 'v1.8.4';
export const CNV_VERSION = '4.22.3';
export const CSV_NAME = `kubevirt-hyperconverged-operator.v${CNV_VERSION}`;
export const OPENSHIFT_VERSION = '4.22.5';
export const TENANTS = ['build-farm', 'databases', 'legacy-erp', 'web-shop'] as const;

const REGISTRY = 'registry.redhat.io/container-native-virtualization';

function seedOf(text: string): number {
  return [...text].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7);
}

/** The image of a component by digest, as the CSV names it; the digest is made up but always the same. */
export function imageOf(component: string): string {
  return `${REGISTRY}/${component}-rhel9@sha256:${randomFrom(seedOf(component)).hex(64)}`;
}

const COMPONENTS = [
  'virt-operator', 'virt-api', 'virt-controller', 'virt-handler', 'virt-launcher', 'virt-exportserver', 'hyperconverged-cluster-operator',
  'hyperconverged-cluster-webhook', 'virt-cdi-operator', 'kubevirt-ssp-operator', 'cluster-network-addons-operator',
];

/** What the registry of the world holds of OpenShift Virtualization; anything else below that path is unknown to it. */
export const IMAGES: readonly string[] = COMPONENTS.map(imageOf);

/** Whether an image belongs to the part of the registry the world knows completely. */
export const isVirtualizationImage = (image: string): boolean => image.startsWith(`${REGISTRY}/`);

/** Any other image of the platform, by digest. */
export function platformImage(component: string): string {
  return `quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:${randomFrom(seedOf(component)).hex(64)}`;
}
