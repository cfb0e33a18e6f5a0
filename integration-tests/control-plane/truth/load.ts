import { setTimeout as sleep } from 'node:timers/promises';
import { storageKey } from '../../../src/testing/api/storage';
import { type Cluster } from '../../../src/testing/cluster';
import { KINDS, type KindInfo } from '../../../src/testing/kinds';
import { type Node } from '../../../src/testing/objects';
import { type KubeObject } from '../../../src/testing/types';
import { type ApiServer } from '../launch/apiServer';
import { definitions } from '../contract/definitions';
import { dropAll, putAll, type Entry } from './etcd';

/** Kinds that a real server keeps itself, or that another server would have to answer. */
const NOT_LOADED = ['CustomResourceDefinition', 'APIService', 'Project'];
const LOADED = KINDS.filter(({ kind }) => !NOT_LOADED.includes(kind));

/** Where the kubelets of all nodes answer. */
interface Kubelets {
  readonly port: number;
}

const withKubelet = (node: Node, { port }: Kubelets): KubeObject => ({
  ...node,
  status: {
    ...node.status,
    addresses: [{ type: 'InternalIP', address: '127.0.0.1' }, ...node.status.addresses.filter(({ type }) => type !== 'InternalIP')],
    daemonEndpoints: { kubeletEndpoint: { Port: port } },
  },
});

const entryOf = (info: KindInfo, object: KubeObject, kubelets: Kubelets): Entry => {
  const { resourceVersion: _version, ...metadata } = object.metadata;
  const kept = info.kind === 'Node' ? withKubelet(object as Node, kubelets) : object;
  return { key: storageKey(info, metadata.namespace, metadata.name), value: JSON.stringify({ ...kept, metadata }) };
};

/** Kinds that stand between a request and what it writes. */
export const isGate = ({ kind, group }: KindInfo): boolean => kind === 'ResourceQuota' || group === 'admissionregistration.k8s.io';

/** The objects of the world that a real API server can hold and does not make itself, as it does the roles of everybody. */
export const objectsOf = (cluster: Cluster): readonly { readonly info: KindInfo; readonly object: KubeObject }[] =>
  LOADED.flatMap((info) => cluster.list(info.kind).filter(({ metadata }) => !metadata.name.startsWith('system:')).map((object) => ({ info, object })));

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const listPath = ({ group, version, plural }: KindInfo): string => `/apis/${group}/${version}/${plural}?limit=1`;

/** Puts clusters of the world into a real API server, one after the other. */
export interface Loader {
  /**
   * `open`: nothing keeps anybody from writing, neither quotas nor webhooks, for which the server would call the addresses that
   * the world made up for its pods.
   */
  readonly load: (cluster: Cluster, options?: { readonly open?: boolean }) => Promise<void>;
}

/**
 * Objects are written into etcd, not through the API: the server itself would give each a new uid and the present as its time
 * of creation, and pods that failed three days ago are what some runbooks are about. `valid.ts` proves that the server takes
 * them. Custom kinds are defined through the API; `known` are definitions to use instead of permissive ones.
 */
export const createLoader = (server: ApiServer, kubelets: Kubelets, known: readonly KubeObject[] = []): Loader => {
  const admin = server.as('admin');
  const all = definitions().map((permissive) => known.find(({ metadata }) => metadata.name === permissive.metadata.name) ?? permissive);
  let keys = new Set<string>();
  let defined = new Set<string>();

  const settled = async (info: KindInfo, status: number): Promise<void> => {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) if ((await admin({ path: listPath(info) })).status === status) return;
    throw new Error(`${info.kind} is not ${status === 200 ? 'served' : 'gone'} after 30 seconds`);
  };

  const define = async (cluster: Cluster): Promise<void> => {
    const wanted = new Set(all.map(({ metadata }) => metadata.name).filter((name) => cluster.get('CustomResourceDefinition', undefined, name)));
    const infoOf = (name: string) => KINDS.find(({ plural, group }) => `${plural}.${group}` === name) as KindInfo;
    const gone = [...defined].filter((name) => !wanted.has(name));
    const fresh = all.filter(({ metadata }) => wanted.has(metadata.name) && !defined.has(metadata.name));
    for (const name of gone) await admin({ method: 'DELETE', path: `${CRDS}/${name}` });
    for (const body of fresh) {
      const { status, body: said } = await admin({ method: 'POST', path: CRDS, body });
      if (status !== 201) throw new Error(`${body.metadata.name} was not defined: ${said}`);
    }
    for (const name of gone) await settled(infoOf(name), 404);
    for (const { metadata } of fresh) await settled(infoOf(metadata.name), 200);
    defined = wanted;
  };

  return {
    load: async (cluster, { open = false } = {}) => {
      const wanted = objectsOf(cluster).filter(({ info }) => !open || !isGate(info));
      const entries = wanted.map(({ info, object }) => entryOf(info, object, kubelets));
      const next = new Set(entries.map(({ key }) => key));
      await dropAll(server.etcdUrl, [...keys].filter((key) => !next.has(key)));
      await define(cluster);
      await putAll(server.etcdUrl, entries);
      keys = next;
    },
  };
};
