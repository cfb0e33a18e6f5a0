import { getResourcesInFlight, receivedResources } from '@openshift-console/dynamic-plugin-sdk/lib/app/k8s/actions/k8s';
import type { K8sModel } from '@openshift-console/dynamic-plugin-sdk';
import { coFetchJSON } from '../shims/console-fetch';
import { abbreviation } from './abbreviation';
import type { HostStore } from './store';

interface ApiResource {
  name: string;
  kind: string;
  singularName?: string;
  namespaced: boolean;
  verbs?: K8sModel['verbs'];
  shortNames?: string[];
}
interface ApiResourceList {
  groupVersion: string;
  resources?: ApiResource[];
}
interface ApiGroupList {
  groups: { versions: { groupVersion: string }[] }[];
}

const root = '/api/kubernetes';

const modelsIn = ({ groupVersion, resources = [] }: ApiResourceList): K8sModel[] => {
  const [version = '', group] = groupVersion.split('/').reverse();
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, kind, singularName, namespaced, verbs, shortNames }) => ({
      kind,
      namespaced,
      plural: name,
      abbr: abbreviation(kind),
      label: kind,
      labelPlural: `${kind}s`,
      id: singularName ?? kind.toLowerCase(),
      apiVersion: version,
      crd: true,
      ...(group === undefined ? {} : { apiGroup: group }),
      ...(verbs === undefined ? {} : { verbs }),
      ...(shortNames === undefined ? {} : { shortNames }),
    }));
};

/**
 * Reads which kinds the API serves and puts their models into the store. A group that cannot be read is left out, as
 * the console's own discovery leaves it out; if nothing can be read at all the store stays "not loaded".
 */
export async function discover(store: HostStore): Promise<void> {
  store.dispatch(getResourcesInFlight());
  const groups = (await coFetchJSON(`${root}/apis`)) as ApiGroupList;
  const paths = ['/api/v1', ...groups.groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => `/apis/${groupVersion}`))];
  const lists = await Promise.allSettled(paths.map((path) => coFetchJSON(root + path) as Promise<ApiResourceList>));
  const models = lists.flatMap((list) => (list.status === 'fulfilled' ? modelsIn(list.value) : []));
  if (models.length === 0) throw new Error('The API names no resource.');
  store.dispatch(
    receivedResources({
      models,
      allResources: [...new Set(models.map(({ plural }) => plural))].sort(),
      adminResources: [],
      configResources: [],
      clusterOperatorConfigResources: [],
      safeResources: [],
      namespacedSet: new Set(models.filter(({ namespaced }) => namespaced).map(({ plural }) => plural)),
      groupVersionMap: {},
    }),
  );
}
