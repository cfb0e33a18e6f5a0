import { type Late } from './late';
import { type Message, type ObjectRef } from './message';
import { type Kind, type LogSource, type Query } from './source';
import { type ReadStep } from './step';

/** One object as it was when it was looked at. A write that relies on a checked state carries both marks. */
export interface Target extends ObjectRef {
  readonly apiVersion: string;
  readonly plural: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** ISO 8601. */
  readonly createdAt?: string;
}

/** An object of a list or a get as the target of a write. Items of a list carry no apiVersion: then it is the kind's best version. */
export const targetOf = (
  of: Kind, { apiVersion, metadata }: { readonly apiVersion?: string; readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string; readonly resourceVersion?: string; readonly creationTimestamp?: string } },
): Target => ({
  kind: of.kind, plural: of.plural, name: metadata.name,
  apiVersion: apiVersion ?? (of.group ? `${of.group}/${of.versions[0]}` : of.versions[0]),
  ...(of.group ? { group: of.group } : {}),
  ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  uid: metadata.uid ?? '', resourceVersion: metadata.resourceVersion ?? '', ...(metadata.creationTimestamp === undefined ? {} : { createdAt: metadata.creationTimestamp }),
});

/** One step of a JSON Patch (RFC 6902) as we send it. */
export type PatchStep =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** Subresources of VMs that a plan may call: KubeVirt 1.8.4, `pkg/virt-api/api.go`. */
export type VmCall = 'start' | 'stop' | 'restart' | 'migrate' | 'pause' | 'unpause' | 'addvolume' | 'evacuate/cancel';

/** One write as plain data. There is no way to say a grace period, a finalizer or force. */
export type Operation = {
  readonly id: string;
  readonly target: Target;
  /** What stood at these paths when it was looked at; for fields that a patch cannot test, because the server leaves their default out. */
  readonly before?: Readonly<Record<string, unknown>>;
  /**
   * What has to stand at these paths right before the write (JSON pointers; undefined: nothing), where the server takes no precondition that
   * says so, or where only this part of the object matters.
   */
  readonly expects?: Readonly<Record<string, unknown>>;
  /** Sent only once all the others were accepted. */
  readonly afterAll?: true;
  /** In an undo: the operation that this one takes back. It is left out if that one was not carried out. */
  readonly undoes?: string;
} & (
  | { readonly verb: 'patch'; readonly subresource?: 'scale'; readonly patch: readonly PatchStep[] }
  /** The server refuses it if uid or resourceVersion differ. */
  | { readonly verb: 'delete'; readonly uidOnly?: true }
  /** The eviction API: refused by the server while a disruption budget says no, and if the uid differs. */
  | { readonly verb: 'evict' }
  /** The name is the plan's, never the server's: so a second one is refused and a lost answer can be read back. The target has no uid yet. */
  | { readonly verb: 'create'; readonly object: Manifest }
  /** KubeVirt's own subresources take no preconditions: `expects` is held against the object right before, and the rest of the race is said. */
  | { readonly verb: 'call'; readonly subresource: VmCall; readonly body?: Readonly<Record<string, unknown>> }
);

/** An object that is to be created. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

/** The target of an object that does not exist yet. An undo of its creation names it so: the uid is known once it was created. */
export const targetToBe = (of: Kind, { apiVersion, metadata: { name, namespace } }: Manifest): Target =>
  targetOf(of, { apiVersion, metadata: { name, ...(namespace === undefined ? {} : { namespace }), uid: '', resourceVersion: '' } });

/**
 * Says that the operations of a plan are a closed selection: deletions of one kind, more than anybody reads. Each is written by uid and
 * resourceVersion, so the server itself refuses one that is no longer what was selected: it is left out, and the others go on.
 */
export interface Selection {
  /** The predicate in words: what was selected, out of what, and what was not. */
  readonly says: Message;
  /** The predicate: every operation's target fits it. ISO 8601. */
  readonly fits: { readonly kind: string; readonly namespaces: 'all namespaces' | readonly string[]; readonly createdBefore: string };
  /** Failures at which the rest is not sent. 0: the first one stops it. */
  readonly errorLimit: number;
}

/** Logs that are read into the record before anything is deleted. */
export interface SaveFirst {
  readonly logs: readonly LogSource[];
  /** Those that are left out because they would be too many. */
  readonly leftOut: number;
}

/** What will be done, to what exactly, what it costs and how to take it back. What is confirmed is what runs. */
export interface Plan {
  /** The whole in one sentence; on top of the page at all times and repeated by the confirmation. */
  readonly sentence: Message;
  readonly operations: readonly Operation[];
  readonly selection?: Selection;
  readonly saveFirst?: SaveFirst;
  /**
   * `ramp`, if absent: one, then two, four … at once. `inOrder`: each only after the one before was accepted. With `between`: and after that step
   * has passed on evidence read since, for which at most `patience` seconds are waited.
   */
  readonly pace?: 'inOrder' | { readonly between: ReadStep; readonly patience: number };
  /** What will happen besides the change itself: what resumes, who does what, which VMs notice. */
  readonly effects: readonly Message[];
  readonly vmsAffected: Message;
  /** What its owner (OLM, HCO, virt-operator) will do about it. */
  readonly owner?: Message;
  readonly confirm: { readonly kind: 'button' } | { readonly kind: 'acknowledge'; readonly says: Message } | { readonly kind: 'typed'; readonly name: string; readonly says: Message };
  /**
   * How it is seen that it worked: steps that pass once it has, read again until they do, in this order.
   * That the alert is gone is the engine's own last line.
   */
  readonly verify: readonly ReadStep[];
  /** Operations from recorded previous values, or why there are none. They are held against what stands there then: uid and `test` steps. */
  readonly undo: {
    readonly possible: true;
    readonly says: Message;
    readonly operations: readonly Operation[];
    /** Of the undo itself, where there are any: those of the deed are not repeated. */
    readonly effects?: readonly Message[];
    readonly vmsAffected?: Message;
  } | { readonly possible: false; readonly says: Message };
}

/** Why a plan is not made: said instead of it, with what to do. */
export interface Refusal {
  readonly refused: Message;
  /** Seconds until the evidence may allow it: it is read again then. */
  readonly lookAgainIn?: number;
}

/** A console page, named by what it shows; the door knows its address. */
export type ConsolePlace =
  | { readonly page: 'object'; readonly of: Kind; readonly namespace?: Late<string>; readonly name: Late<string>; readonly tab?: 'yaml' | 'events' | 'logs' | 'pods' }
  | { readonly page: 'list'; readonly of: Kind; readonly namespace?: Late<string>; readonly labels?: string }
  | { readonly page: 'runbook'; readonly alert: string }
  | { readonly page: 'metrics'; readonly query: Query }
  /** The form for a new silence, filled with the labels of the alert. */
  | { readonly page: 'silence' }
  | { readonly page: 'clusterSettings' | 'targets' | 'alerts' };
