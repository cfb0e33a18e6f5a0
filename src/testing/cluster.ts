import { clockAt, timestamp, type Clock } from './clock';
import { apiVersionOf, kindInfo, KINDS } from './kinds';
import { PodLogs } from './logs';
import type { ObjectOf } from './objects';
import { randomFrom, type Random } from './random';
import { RestCalls } from './restCalls';
import { copyOf, isSame } from './structure';
import type { KubeObject } from './types';

/** One thing that happened to one object; watches are answered from these. */
export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubeObject;
  /** The object before, so that a watch with a selector can tell that it stopped matching. */
  previous?: KubeObject;
  resourceVersion: number;
}

/** How many changes a watch can go back; older ones are answered with 410 Gone. */
const HISTORY = 100_000;

const keyOf = (namespace: string | undefined, name: string): string => `${namespace ?? ''}/${name}`;

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}

/**
 * The store of the world: objects by kind, namespace and name, with uid, resourceVersion, generation and history as an API
 * server keeps them. Objects that come out are frozen; they are changed by `update` alone. Does no I/O.
 */
export class Cluster {
  readonly clock: Clock;
  readonly random: Random;
  readonly logs: PodLogs;
  /**
   * Scrape jobs of Prometheus that are switched off: `{ 'kube-state-metrics': false }`. The job names are those of `metricsOf`.
   * A fault of monitoring, not of any object.
   */
  readonly scrapes: Record<string, boolean> = {};
  /** What KubeVirt's programs have called, and faults of the API server that no object tells of. */
  readonly calls = new RestCalls();
  private readonly objects = new Map<string, Map<string, KubeObject>>(KINDS.map((info) => [info.kind, new Map()]));
  private readonly sorted = new Map<string, readonly KubeObject[]>();
  private readonly changes: Change[] = [];
  private readonly listeners = new Set<(change: Change) => void>();
  private version: number;

  constructor(options: { clock?: Clock; random?: Random; firstResourceVersion?: number } = {}) {
    this.clock = options.clock ?? clockAt(new Date('2026-09-14T08:00:00Z'));
    this.random = options.random ?? randomFrom(1);
    this.version = options.firstResourceVersion ?? 18_400_000;
    this.logs = new PodLogs(() => this.now());
  }

  now(): Date {
    return this.clock.now();
  }

  /** The newest resourceVersion of the whole store, as lists carry it. */
  get resourceVersion(): string {
    return String(this.version);
  }

  /** The object, or undefined if it does not exist. */
  get<K extends string>(kind: K, namespace: string | undefined, name: string): ObjectOf<K> | undefined {
    return this.objectsOf(kind).get(keyOf(namespace, name)) as ObjectOf<K> | undefined;
  }

  /** The object; throws if it does not exist. For builders, faults and specs that know it is there. */
  need<K extends string>(kind: K, namespace: string | undefined, name: string): ObjectOf<K> {
    const object = this.get(kind, namespace, name);
    if (!object) throw new Error(`The world has no ${kind} ${namespace ? `${namespace}/` : ''}${name}`);
    return object;
  }

  /** All objects of a kind, optionally of one namespace, sorted by namespace and name as etcd sorts keys. */
  list<K extends string>(kind: K, namespace?: string): readonly ObjectOf<K>[] {
    const all = this.sortedOf(kind) as readonly ObjectOf<K>[];
    return namespace === undefined ? all : all.filter((object) => object.metadata.namespace === namespace);
  }

  /** Puts a new object in; uid, creation time, generation and resourceVersion are filled in where they are absent. Throws if it exists. */
  create<T extends KubeObject>(object: T): T {
    const info = kindInfo(object.kind);
    const { metadata } = object;
    if (info.namespaced !== (metadata.namespace !== undefined)) throw new Error(`${object.kind} ${metadata.name} is ${info.namespaced ? '' : 'not '}namespaced`);
    const key = keyOf(metadata.namespace, metadata.name);
    if (this.objectsOf(object.kind).has(key)) throw new Error(`${object.kind} ${key} exists already`);
    const complete: T = copyOf({
      ...object,
      apiVersion: apiVersionOf(info),
      metadata: {
        creationTimestamp: timestamp(this.now()),
        ...(info.generation ? { generation: 1 } : {}),
        uid: this.random.uid(),
        ...metadata,
      },
    });
    return this.commit('ADDED', complete, undefined);
  }

  /**
   * Changes an object by altering a copy of it; nothing happens if the copy ends up equal. A changed spec raises the
   * generation. Returns the object as it is now, or undefined if it does not exist.
   */
  update<K extends string>(kind: K, namespace: string | undefined, name: string, change: (draft: ObjectOf<K>) => void): ObjectOf<K> | undefined {
    const previous = this.get(kind, namespace, name);
    if (!previous) return undefined;
    const draft = copyOf(previous);
    change(draft);
    return this.replace(draft);
  }

  /** Sets whole fields of an object, such as its status; as `update`, but cheap when they say the same already. */
  assign<K extends string>(kind: K, namespace: string | undefined, name: string, fields: Partial<ObjectOf<K>>): void {
    const previous = this.get(kind, namespace, name);
    if (!previous || Object.entries(fields).every(([field, value]) => isSame(previous[field], value))) return;
    this.replace({ ...previous, ...fields });
  }

  /** Puts `object` in the place of the one that has its name; as `update`, without looking at what was there. */
  replace<T extends KubeObject>(object: T): T {
    const previous = this.need(object.kind, object.metadata.namespace, object.metadata.name);
    if (isSame(previous, object)) return previous as KubeObject as T;
    const next: T = copyOf(object);
    if (kindInfo(object.kind).generation && !isSame(previous['spec'], next['spec'])) next.metadata.generation = (previous.metadata.generation ?? 1) + 1;
    return this.commit('MODIFIED', next, previous);
  }

  /** Takes an object out for good, finalizers or not; the API's own delete knows better. Returns what was there. */
  remove(kind: string, namespace: string | undefined, name: string): KubeObject | undefined {
    const previous = this.get(kind, namespace, name);
    if (!previous) return undefined;
    this.commit('DELETED', copyOf(previous), previous);
    if (kind === 'Pod' && namespace) this.logs.forget(namespace, name);
    return previous;
  }

  /** Every change after `resourceVersion`, oldest first; undefined if that is too long ago to be known. */
  changesSince(resourceVersion: number): readonly Change[] | undefined {
    const oldest = this.changes[0];
    if (oldest && resourceVersion < oldest.resourceVersion - 1) return undefined;
    let at = this.changes.length;
    while (at > 0 && (this.changes[at - 1]?.resourceVersion ?? 0) > resourceVersion) at -= 1;
    return this.changes.slice(at);
  }

  /** Calls `listener` after every change until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A cluster of its own that begins as this one is, its clock standing at the same time. Cheap: frozen objects are shared. */
  copy(): Cluster {
    const twin = new Cluster({ clock: clockAt(this.now()), random: this.random.copy(), firstResourceVersion: this.version });
    for (const [kind, objects] of this.objects) twin.objects.set(kind, new Map(objects));
    twin.changes.push(...this.changes);
    Object.assign(twin.scrapes, this.scrapes);
    twin.logs.adopt(this.logs);
    twin.calls.adopt(this.calls);
    return twin;
  }

  private objectsOf(kind: string): Map<string, KubeObject> {
    const objects = this.objects.get(kind);
    if (!objects) throw new Error(`The world has no kind ${kind}: add it to src/testing/kinds.ts`);
    return objects;
  }

  private sortedOf(kind: string): readonly KubeObject[] {
    const known = this.sorted.get(kind);
    if (known) return known;
    const entries = [...this.objectsOf(kind)].sort(([a], [b]) => (a < b ? -1 : 1));
    const objects = entries.map(([, object]) => object);
    this.sorted.set(kind, objects);
    return objects;
  }

  private commit<T extends KubeObject>(type: Change['type'], object: T, previous: KubeObject | undefined): T {
    this.version += 1;
    object.metadata.resourceVersion = String(this.version);
    freeze(object);
    const { namespace, name } = object.metadata;
    if (type === 'DELETED') this.objectsOf(object.kind).delete(keyOf(namespace, name));
    else this.objectsOf(object.kind).set(keyOf(namespace, name), object);
    this.sorted.delete(object.kind);
    const change: Change = { type, object, ...(previous ? { previous } : {}), resourceVersion: this.version };
    this.changes.push(change);
    if (this.changes.length > HISTORY) this.changes.splice(0, HISTORY / 10);
    for (const listener of [...this.listeners]) listener(change);
    return object;
  }
}
