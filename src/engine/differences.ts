import { type Change } from './send';

/** What the server keeps for itself: it differs after every write. RFC 6901 pointers. */
const OWN = ['/metadata/managedFields', '/metadata/resourceVersion', '/metadata/generation'];

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A key as it stands in a JSON pointer (RFC 6901). */
export const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

const walk = (path: string, from: unknown, to: unknown): readonly Change[] => {
  if (OWN.includes(path) || JSON.stringify(from) === JSON.stringify(to)) return [];
  if (isMap(from) && isMap(to)) return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) => walk(`${path}/${escaped(key)}`, from[key], to[key]));
  return [{ path, from, to }];
};

/** The fields in which an object differs from what it was, apart from the server's own marks. A list that differs is one change. */
export const differences = (before: unknown, after: unknown): readonly Change[] => walk('', before, after);

const isWithin = (path: string, of: string): boolean => path === of || path.startsWith(`${of}/`) || of.startsWith(`${path}/`);

/** What the server changes beside what was asked of it: a webhook or a default did. */
export const addedByServer = (before: unknown, after: unknown, asked: readonly Change[]): readonly Change[] =>
  differences(before, after).filter(({ path }) => !asked.some((one) => isWithin(path, one.path)));

/** What stands at a JSON pointer (RFC 6901) of an object; undefined if nothing does. */
export const valueAt = (object: unknown, pointer: string): unknown =>
  pointer.split('/').slice(1).reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), object);
