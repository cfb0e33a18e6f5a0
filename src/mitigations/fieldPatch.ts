import { escaped, valueAt } from '../engine/differences';
import { type Operation, type PatchStep, type Target } from '../engine/operation';

/** The JSON pointer (RFC 6901) to a field, of its keys. */
export const pointer = (...keys: readonly (string | number)[]): string => keys.map((key) => `/${escaped(String(key))}`).join('');

/** One field of one object, and what it is to be. */
export interface FieldChange {
  /** Of the operation; its undo is called after it. */
  readonly id: string;
  readonly target: Target;
  /** The object as it was looked at. */
  readonly object: unknown;
  /** JSON pointer of the field. It may be absent, with the maps that lead to it, but an element of a list may not. */
  readonly path: string;
  /** Undefined takes the field away. */
  readonly to: unknown;
  /** Tests that come first: that an element of a list is still the one that was meant. */
  readonly guards?: readonly PatchStep[];
  /**
   * The object changes all the time, as a node does whose kubelet reports. Then an absent field is held against the object right before the
   * write, not against its resourceVersion; what another writer sets in the instant between is overwritten.
   */
  readonly isLively?: true;
}

/** A patch and the patch that takes it back. */
export interface FieldPatch {
  readonly operation: Operation;
  readonly undo: Operation;
}

/** The first part of a path that is not there, and the value there that leads to the field. */
const grown = (object: unknown, path: string, to: unknown): { readonly path: string; readonly value: unknown } => {
  const cut = path.lastIndexOf('/');
  const parent = path.slice(0, cut);
  if (parent === '' || valueAt(object, parent) !== undefined) return { path, value: to };
  const key = path.slice(cut + 1).replaceAll('~1', '/').replaceAll('~0', '~');
  return grown(object, parent, { [key]: to });
};

const steps = ({ object, path, to }: FieldChange): readonly PatchStep[] => {
  const from = valueAt(object, path);
  if (from === undefined) return [{ op: 'add', ...grown(object, path, to) }];
  return [{ op: 'test', path, value: from }, to === undefined ? { op: 'remove', path } : { op: 'replace', path, value: to }];
};

const back = ({ object, path, to }: FieldChange): readonly PatchStep[] => {
  const from = valueAt(object, path);
  if (to === undefined) return [{ op: 'add', path, value: from }];
  return [{ op: 'test', path, value: to }, from === undefined ? { op: 'remove', path } : { op: 'replace', path, value: from }];
};

/**
 * The JSON Patch that changes one field and stands on what was looked at: a value that is there is tested, of one that is not the
 * resourceVersion. The undo puts back what stood there, and is held against what the patch has set.
 */
export const fieldPatch = (change: FieldChange): FieldPatch => {
  const { id, target, object, path, to, guards = [], isLively } = change;
  const isAbsent = valueAt(object, path) === undefined;
  const isVersioned = isAbsent && !isLively;
  const version: PatchStep = { op: 'test', path: '/metadata/resourceVersion', value: target.resourceVersion };
  return {
    operation: {
      id, verb: 'patch', target, patch: [...(isVersioned ? [version] : []), ...guards, ...steps(change)],
      ...(isVersioned ? {} : { expects: { [path]: valueAt(object, path) } }),
    },
    undo: { id: `${id}-back`, undoes: id, verb: 'patch', target, expects: { [path]: to }, patch: [...guards, ...back(change)] },
  };
};
