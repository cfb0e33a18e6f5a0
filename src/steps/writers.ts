import { type ManagedFields, type Metadata } from '../sources/objects';

// Field names stand in `fieldsV1` with this prefix: Kubernetes, "Server-Side Apply", FieldsV1.
const owns = (fields: unknown, path: readonly string[]): boolean => {
  const [first, ...rest] = path;
  if (first === undefined) return true;
  const inner = typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>)[`f:${first}`] : undefined;
  return inner !== undefined && owns(inner, rest);
};

/**
 * Who last wrote a field, as the object itself records it. A program's name, not a person's: whose hand it was stands in
 * the audit log alone. `undefined` if nobody is recorded.
 */
export const lastWriter = ({ managedFields = [] }: Pick<Metadata, 'managedFields'>, ...path: readonly string[]): ManagedFields | undefined =>
  managedFields.filter(({ fieldsV1 }) => owns(fieldsV1, path)).toSorted((a, b) => (b.time ?? '').localeCompare(a.time ?? ''))[0];
