type Fields = Record<string, unknown>;

/**
 * A deep copy of JSON data without the fields that are undefined. The world copies every object it changes, some hundred
 * thousand times in a run of the specs; going through JSON text takes several times as long.
 */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part: unknown) => copyOf(part)) as T;
  const copy: Fields = {};
  for (const name of Object.keys(value)) {
    const part = (value as Fields)[name];
    if (part === undefined) continue;
    const own = typeof part === 'object' ? copyOf(part) : part;
    // Bodies of requests may name a field so; an assignment would replace the prototype.
    if (name === '__proto__') Object.defineProperty(copy, name, { value: own, enumerable: true, configurable: true, writable: true });
    else copy[name] = own;
  }
  return copy as T;
}

/** Whether two pieces of JSON data say the same; an undefined field is an absent one. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  for (const name of Object.keys(a)) if (!isSame((a as Fields)[name], (b as Fields)[name])) return false;
  for (const name of Object.keys(b)) if ((a as Fields)[name] === undefined && (b as Fields)[name] !== undefined) return false;
  return true;
}
