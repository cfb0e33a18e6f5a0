import { apiVersionOf, KINDS, type KindInfo } from '../../src/testing/kinds';
import type { Cluster } from '../../src/testing/cluster';
import type { KubeObject } from '../../src/testing/types';
import { definitions } from '../control-plane/contract/definitions';
import type { Send } from '../control-plane/launch/request';

/** Requests under way at once while a cluster is filled. */
const AT_ONCE = 24;

// A real API server has its own of these, or they are made of the definitions, or they would be asked about every write and are not there.
const LEFT_OUT = new Set(['CustomResourceDefinition', 'APIService', 'Project', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']);
// One for each VM, and no runbook reads it.
const NO_STATUS = new Set(['PersistentVolumeClaim']);
// What others refer to by uid comes before them.
const FIRST = ['Namespace', 'PriorityClass', 'Node', 'ServiceAccount', 'KubeVirt', 'Deployment', 'ReplicaSet', 'VirtualMachine', 'VirtualMachineInstance'];

const rank = ({ kind }: KindInfo): number => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);

const collection = (info: KindInfo, namespace: string | undefined): string =>
  `${info.group === '' ? '/api' : '/apis'}/${apiVersionOf(info)}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${info.plural}`;

const UID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

// Addresses are given by the server out of its own range.
const withoutAddress = ({ clusterIP: _, clusterIPs: __, ...spec }: Readonly<Record<string, unknown>>): unknown => spec;

// Every kubelet is on this machine: see kubelet.ts.
const onThisMachine = (status: Readonly<Record<string, unknown>>, port: number): unknown =>
  ({ ...status, addresses: [{ type: 'InternalIP', address: '127.0.0.1' }], daemonEndpoints: { kubeletEndpoint: { Port: port } } });

/** An object as somebody would create it: what the server fills in is left out, uids that it gave to others are put in. */
function draft({ metadata, ...rest }: KubeObject, uids: ReadonlyMap<string, string>): string {
  const { uid: _, resourceVersion: __, creationTimestamp: ___, generation: ____, deletionTimestamp: _____, managedFields: ______, ...kept } = metadata;
  const spec = rest.kind === 'Service' ? { spec: withoutAddress(rest['spec'] as Readonly<Record<string, unknown>>) } : {};
  return JSON.stringify({ ...rest, ...spec, metadata: kept }).replace(UID, (uid) => uids.get(uid) ?? uid);
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** A world that stands in an API server. */
export interface Loaded {
  /** What could not be loaded, a sentence each. */
  refused: readonly string[];
  /** Writes the objects of one kind anew that are not there any more. Throws if one is refused. */
  reload: (kind: string) => Promise<void>;
}

class Loader {
  readonly refused: string[] = [];
  private readonly uids = new Map<string, string>();

  constructor(
    private readonly send: Send,
    private readonly kubeletPort: number,
  ) {}

  async define(): Promise<void> {
    await inParallel(definitions(), async (definition) => {
      await this.send({ method: 'POST', path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', body: definition });
    });
  }

  /** Served as soon as discovery says so, which takes a second or two. */
  async untilServed(info: KindInfo): Promise<void> {
    for (let turns = 0; turns < 300; turns += 1) {
      if ((await this.send({ path: `${collection(info, undefined)}?limit=1` })).status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${info.plural} are not served after 30 s.`);
  }

  async load(info: KindInfo, object: KubeObject): Promise<void> {
    const { namespace, name, uid } = object.metadata;
    const path = collection(info, namespace);
    const made = await this.send({ method: 'POST', path, body: draft(object, this.uids), headers: { 'Content-Type': 'application/json' } });
    if (made.status === 409) return;
    if (made.status !== 201) {
      this.refused.push(`${object.kind} ${namespace ?? ''}/${name}: ${made.status} ${made.body.slice(0, 300)}`);
      return;
    }
    const { metadata } = JSON.parse(made.body) as KubeObject;
    if (uid !== undefined && metadata.uid !== undefined) this.uids.set(uid, metadata.uid);
    if (!info.statusSubresource || object['status'] === undefined || NO_STATUS.has(info.kind)) return;
    const status = JSON.stringify({ status: info.kind === 'Node' ? onThisMachine(object['status'] as Readonly<Record<string, unknown>>, this.kubeletPort) : object['status'] }).replace(UID, (one) => this.uids.get(one) ?? one);
    const said = await this.send({ method: 'PATCH', path: `${path}/${name}/status`, body: status, headers: { 'Content-Type': 'application/merge-patch+json' } });
    if (said.status !== 200) this.refused.push(`status of ${object.kind} ${namespace ?? ''}/${name}: ${said.status} ${said.body.slice(0, 300)}`);
  }
}

/**
 * Writes every object of the world into a real API server, as its own API takes them: definitions first, owners before
 * what they own, status by its own subresource. Creation times are the server's. All nodes' kubelets are at one port of loopback.
 */
export async function loadInto(send: Send, cluster: Cluster, kubeletPort: number, say: (sentence: string) => void): Promise<Loaded> {
  const loader = new Loader(send, kubeletPort);
  await loader.define();
  const kinds = KINDS.filter(({ kind }) => !LEFT_OUT.has(kind)).toSorted((a, b) => rank(a) - rank(b));
  await Promise.all(kinds.filter(({ servedBy }) => servedBy === 'crd').map((info) => loader.untilServed(info)));
  const begun = Date.now();
  let count = 0;
  for (const info of kinds) {
    const objects = cluster.list(info.kind);
    await inParallel(objects, (object) => loader.load(info, object));
    count += objects.length;
  }
  say(`${count} objects written in ${Math.round((Date.now() - begun) / 1_000)} s, ${loader.refused.length} refused`);
  return {
    refused: loader.refused,
    reload: async (kind) => {
      for (const info of kinds.filter((one) => one.kind === kind)) await inParallel(cluster.list(info.kind), (object) => loader.load(info, object));
      if (loader.refused.length > 0) throw new Error(`The API server refused ${loader.refused.length} objects, ${loader.refused[0]}`);
    },
  };
}
