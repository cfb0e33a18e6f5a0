import { type Evidence, type Missing } from '../engine/observation';

/** When the evidence of specs was read, and their `now`: milliseconds since 1970. */
export const READ_AT = Date.parse('2026-11-21T10:00:00Z');

/** Literal evidence for the spec of a step: complete and fresh unless it says otherwise. */
export const evidence = <T>(
  items: readonly T[] = [], { missing = [], more = 0, ...rest }: Partial<Omit<Evidence<T>, 'items'>> = {},
): Evidence<T> => ({ items, missing, more, complete: missing.length === 0 && more === 0, absent: false, readAt: READ_AT, ...rest });

/** Evidence of one object that does not exist. */
export const absent = (): Evidence<never> => evidence<never>([], { absent: true });

/** Evidence of a reading that failed. */
export const unread = (reading: string, reason: Missing['reason'] = 'forbidden'): Evidence<never> =>
  evidence<never>([], { missing: [{ reading, reason }], readAt: 0 });
