import { IMAGES, isVirtualizationImage } from '../builders/names';
import type { Cluster } from '../cluster';
import type { Node } from '../objects';

/** What the registry says to a kubelet: undefined when the image can be had, else the error as CRI-O words it. */
export function pullError(cluster: Cluster, node: Node, image: string): string | undefined {
  if (hasImage(node, image)) return undefined;
  const [registry = ''] = image.split('/');
  const source = `initializing source docker://${image}`;
  if (!hasCredentials(cluster, registry)) {
    return `${source}: unable to retrieve auth token: invalid username/password: unauthorized: Please login to the Red Hat Registry using your Customer Portal credentials. Further instructions can be found here: https://access.redhat.com/RegistryAuthentication`;
  }
  if (isVirtualizationImage(image) && !IMAGES.includes(image)) {
    const [repository = '', reference = 'latest'] = image.includes('@') ? image.split('@') : image.split(/:(?=[^/]*$)/);
    return `${source}: reading manifest ${reference} in ${repository}: manifest unknown`;
  }
  return undefined;
}

/** Whether the node has pulled the image before. */
export function hasImage(node: Node, image: string): boolean {
  return node.status.images?.some((each) => each.names.includes(image)) ?? false;
}

/** The cluster's own pull secret, which every kubelet uses, decides who may pull. */
function hasCredentials(cluster: Cluster, registry: string): boolean {
  const encoded = (cluster.get('Secret', 'openshift-config', 'pull-secret')?.['data'] as Record<string, string> | undefined)?.['.dockerconfigjson'];
  if (encoded === undefined) return false;
  const { auths = {} } = JSON.parse(atob(encoded)) as { auths?: Record<string, unknown> };
  return registry in auths;
}
