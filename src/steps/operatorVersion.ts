import { type ClusterServiceVersion } from '../sources/objects';

/** Phases in which a ClusterServiceVersion is on its way out: operator-lifecycle-manager, `clusterserviceversion_types.go`. */
const LEAVING = ['Replacing', 'Deleting'];

/** The ClusterServiceVersion that brings a Deployment. During an upgrade two do: the newer one counts. */
export const versionWith = (versions: readonly ClusterServiceVersion[], deployment: string): ClusterServiceVersion | undefined => {
  const bringing = versions.filter(({ spec }) => spec?.install?.spec?.deployments?.some(({ name }) => name === deployment));
  return bringing.find(({ status }) => !LEAVING.includes(status?.phase ?? '')) ?? bringing[0];
};

/** How many pods the operator's own package wants of a Deployment. */
export const replicasOf = (version: ClusterServiceVersion | undefined, deployment: string): number | undefined =>
  version?.spec?.install?.spec?.deployments?.find(({ name }) => name === deployment)?.spec?.replicas;

/**
 * The image that collects data for support: the annotation that `oc adm must-gather --all-images` goes by, else the
 * related image that calls itself so.
 */
export const mustGatherImage = (version: ClusterServiceVersion | undefined): string | undefined =>
  version?.metadata.annotations?.['operators.openshift.io/must-gather-image'] ??
  version?.spec?.relatedImages?.find(({ name = '', image = '' }) => /must-?gather/.test(`${name} ${image}`))?.image;
