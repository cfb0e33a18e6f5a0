import { KINDS } from './kinds';
import type { Requirement } from './objects';
import type { KubeObject } from './types';

/** A predicate on labels or on whole objects. */
export type Selector<T> = (of: T) => boolean;
type Labels = Readonly<Record<string, string>> | undefined;

const CUSTOM = new Set(KINDS.filter(({ servedBy }) => servedBy === 'crd').map(({ kind }) => kind));

/** Splits on commas that are not inside parentheses. */
function terms(text: string): string[] {
  return text.split(/,(?![^(]*\))/).map((term) => term.trim()).filter((term) => term !== '');
}

const setTerm = /^([^\s!=()]+)\s+(in|notin)\s*\(([^)]*)\)$/;
const equalityTerm = /^([^\s!=()<>]+)\s*(==|=|!=)\s*([^\s=!()<>]*)$/;
const existsTerm = /^(!?)\s*([^\s!=()<>]+)$/;

function requirementOf(term: string): Requirement | undefined {
  const set = setTerm.exec(term);
  if (set?.[1]) return { key: set[1], operator: set[2] === 'in' ? 'In' : 'NotIn', values: (set[3] ?? '').split(',').map((value) => value.trim()) };
  const equality = equalityTerm.exec(term);
  if (equality?.[1]) return { key: equality[1], operator: equality[2] === '!=' ? 'NotIn' : 'In', values: [equality[3] ?? ''] };
  const exists = existsTerm.exec(term);
  if (exists?.[2]) return { key: exists[2], operator: exists[1] === '!' ? 'DoesNotExist' : 'Exists' };
  return undefined;
}

/** Whether labels meet one requirement. As in Kubernetes, NotIn holds for a label that is absent. */
export function meets(labels: Labels, { key, operator, values = [] }: Requirement): boolean {
  const value = labels?.[key];
  switch (operator) {
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
  }
}

/** Parses a label selector (`=`, `!=`, `in`, `notin`, exists, `!`). Undefined if it cannot be parsed. */
export function labelSelector(text: string): Selector<Labels> | undefined {
  const requirements = terms(text).map(requirementOf);
  const known = requirements.filter((requirement) => requirement !== undefined);
  if (known.length < requirements.length) return undefined;
  return (labels) => known.every((requirement) => meets(labels, requirement));
}

/** Whether labels match a selector object as workloads and webhooks have it; an absent one matches everything. */
export function matches(labels: Labels, selector: { matchLabels?: Record<string, string>; matchExpressions?: Requirement[] } | undefined): boolean {
  const equal = Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels?.[key] === value);
  return equal && (selector?.matchExpressions ?? []).every((requirement) => meets(labels, requirement));
}

/** Fields a selector may name besides metadata.name and metadata.namespace, by kind (k8s.io/kubernetes pkg/registry strategies). */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'spec.hostNetwork', 'status.phase', 'status.podIP', 'status.podIPs', 'status.nominatedNodeName'],
  Event: ['involvedObject.kind', 'involvedObject.namespace', 'involvedObject.name', 'involvedObject.uid', 'involvedObject.apiVersion', 'involvedObject.fieldPath', 'reason', 'reportingComponent', 'source', 'type'],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase'],
  Job: ['status.successful'],
  Secret: ['type'],
};

/** The text a field selector compares with; an absent field is the empty string. */
export function fieldOf(object: KubeObject, path: string): string {
  const names = path === 'source' ? ['source', 'component'] : path.split('.');
  const value = names.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined), object);
  if (path === 'spec.unschedulable' || path === 'spec.hostNetwork') return String(value ?? false);
  return value === undefined || value === null ? '' : String(value);
}

/** Kinds whose fields the server looks up in a list of its own, and the custom ones: they say less. */
const unsupported = (path: string, kind: string): string =>
  (kind === 'Job' ? `field label ${JSON.stringify(path)} not supported for Job` : FIELDS[kind] || CUSTOM.has(kind) ? `field label not supported: ${path}` : `${JSON.stringify(path)} is not a known field selector: only "metadata.name", "metadata.namespace"`);

/** Parses a field selector for a kind; or says in the server's words why it is refused. */
export function fieldSelector(text: string, kind: string): Selector<KubeObject> | { refused: string } {
  const supported = ['metadata.name', 'metadata.namespace', ...(FIELDS[kind] ?? [])];
  const tests: Selector<KubeObject>[] = [];
  for (const term of terms(text)) {
    const [, path, operator, value] = /^([^=!]+)(==|=|!=)(.*)$/.exec(term) ?? [];
    if (path === undefined || operator === undefined) return { refused: `invalid selector: '${text}'; can't understand '${term}'` };
    if (!supported.includes(path)) return { refused: unsupported(path, kind) };
    tests.push((object) => (fieldOf(object, path) === value) === (operator !== '!='));
  }
  return (object) => tests.every((test) => test(object));
}
