import { type Late } from './late';
import { type Message, type ObjectRef } from './message';
import { type Kind, type Query } from './source';
import { type ReadStep } from './step';

/** One object as it was when it was looked at. A write that relies on a checked state carries both marks. */
export interface Target extends ObjectRef {
  readonly apiVersion: string;
  readonly plural: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

/** An object of a list or a get as the target of a write. Items of a list carry no apiVersion: then it is the kind's best version. */
export const targetOf = (
  of: Kind, { apiVersion, metadata }: { readonly apiVersion?: string; readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string; readonly resourceVersion?: string } },
): Target => ({
  kind: of.kind, plural: of.plural, name: metadata.name,
  apiVersion: apiVersion ?? (of.group ? `${of.group}/${of.versions[0]}` : of.versions[0]),
  ...(of.group ? { group: of.group } : {}),
  ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  uid: metadata.uid ?? '', resourceVersion: metadata.resourceVersion ?? '',
});

/** One step of a JSON Patch (RFC 6902) as we send it. */
export type PatchStep =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** One write as plain data. There is no way to say a grace period, a finalizer or force. */
export type Operation = {
  readonly id: string;
  readonly target: Target;
  /** What stood at these paths when it was looked at; for fields that a patch cannot test, because the server leaves their default out. */
  readonly before?: Readonly<Record<string, unknown>>;
} & (
  | { readonly verb: 'patch'; readonly subresource?: 'scale'; readonly patch: readonly PatchStep[] }
  /** The server refuses it if uid or resourceVersion differ. */
  | { readonly verb: 'delete'; readonly uidOnly?: true }
);

/** What will be done, to what exactly, what it costs and how to take it back. What is confirmed is what runs. */
export interface Plan {
  /** The whole in one sentence; on top of the page at all times and repeated by the confirmation. */
  readonly sentence: Message;
  readonly operations: readonly Operation[];
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
  readonly undo: { readonly possible: true; readonly says: Message; readonly operations: readonly Operation[] } | { readonly possible: false; readonly says: Message };
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
