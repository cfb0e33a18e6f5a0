import jsonpatch from 'fast-json-patch';
import type { KubeObject } from '../types';
import { copyOf } from '../structure';

/** The tree of `fieldsV1`: `{ 'f:spec': { 'f:replicas': {} } }`. */
export interface FieldTree {
  [field: string]: FieldTree;
}

/** One entry of `metadata.managedFields`: who last wrote which fields, and when. */
export interface ManagedFields {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time: string;
  fieldsType: 'FieldsV1';
  fieldsV1: FieldTree;
  subresource?: string;
}

/** Who writes, when and how: what a new entry says. */
export type Writing = Pick<ManagedFields, 'manager' | 'time'> & { subresource?: string | undefined };

/** Fields of metadata that nobody manages. */
const UNMANAGED = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'name', 'namespace', 'deletionTimestamp', 'deletionGracePeriodSeconds'];

type Path = readonly string[];

/** The paths that differ, down to maps; a list counts as one field, which is coarser than the server's list keys. */
function changedPaths(before: unknown, after: unknown): Path[] {
  const paths = jsonpatch.compare({ it: before ?? {} }, { it: after }).filter((operation) => operation.op !== 'remove').map(({ path }) => path.split('/').slice(2).map(jsonpatch.unescapePathComponent));
  return paths
    .map((path) => {
      const index = path.findIndex((part) => /^(\d+|-)$/.test(part));
      return index === -1 ? path : path.slice(0, index);
    })
    .filter((path) => path.length > 0 && !(path[0] === 'metadata' && UNMANAGED.includes(path[1] ?? '')) && path[0] !== 'kind' && path[0] !== 'apiVersion');
}

function treeOf(paths: readonly Path[]): FieldTree {
  const tree: FieldTree = {};
  for (const path of paths) {
    let at = tree;
    for (const part of path) at = at[`f:${part}`] ??= {};
  }
  return tree;
}

/** The tree without the branches at `paths`; undefined when nothing is left. */
function without(tree: FieldTree, paths: readonly Path[]): FieldTree | undefined {
  const copy: FieldTree = copyOf(tree);
  const prune = (at: FieldTree, [first, ...rest]: Path): void => {
    const key = `f:${first ?? ''}`;
    const below = at[key];
    if (!below) return;
    if (rest.length > 0) prune(below, rest);
    if (rest.length === 0 || Object.keys(below).length === 0) delete at[key];
  };
  for (const path of paths) prune(copy, path);
  return Object.keys(copy).length === 0 ? undefined : copy;
}

const REPLICAS: Path = ['spec', 'replicas'];

// As kube-apiserver 1.35 was seen to do with `kubectl scale`: at 0 the Scale leaves the field out, so nobody owns it; and nobody owns it
// afterwards either, until somebody writes the Deployment itself.
const scaleIsRecorded = (entries: readonly ManagedFields[], after: KubeObject): boolean =>
  (after['spec'] as { replicas?: number } | undefined)?.replicas !== 0 && (entries.length === 0 || entries.some(({ fieldsV1 }) => pathsOf(fieldsV1).some((path) => path.every((key, i) => key === REPLICAS[i]))));

/** Notes in `after` who changed what: the fields move from their former managers to this one. Alters `after`. */
export function noteManager(before: KubeObject | undefined, after: KubeObject, { manager, time, subresource }: Writing): void {
  const paths = changedPaths(before, after);
  if (paths.length === 0) return;
  const entries = (after.metadata.managedFields ?? []) as ManagedFields[];
  const isOwn = (entry: ManagedFields): boolean => entry.manager === manager && entry.operation === 'Update' && entry.subresource === subresource;
  const own = entries.find(isOwn);
  const ownPaths = own ? pathsOf(own.fieldsV1) : [];
  const isRecorded = subresource !== 'scale' || scaleIsRecorded(entries, after);
  const others = entries
    .filter((entry) => !isOwn(entry))
    .flatMap((entry) => {
      const fieldsV1 = without(entry.fieldsV1, paths);
      return fieldsV1 ? [{ ...entry, fieldsV1 }] : [];
    });
  if (!isRecorded) {
    after.metadata.managedFields = others;
    return;
  }
  after.metadata.managedFields = [
    ...others,
    { manager, operation: 'Update', apiVersion: after.apiVersion, time, fieldsType: 'FieldsV1', fieldsV1: treeOf([...ownPaths, ...paths]), ...(subresource === undefined ? {} : { subresource }) },
  ];
}

function pathsOf(tree: FieldTree): Path[] {
  return Object.entries(tree).flatMap(([key, below]) => {
    const name = key.replace(/^f:/, '');
    const deeper = pathsOf(below);
    return deeper.length === 0 ? [[name]] : deeper.map((path) => [name, ...path]);
  });
}
