/** The world's time. Stands still until advanced, so that specs are exact; the sandbox lets it follow real time. */
export interface Clock {
  now(): Date;
  /** Moves a standing clock forward, in milliseconds. */
  advance(milliseconds: number): void;
  /** From now on the clock is what `read` says (milliseconds since 1970); it never stands still again. */
  follow(read: () => number): void;
}

/** A clock that stands at `start` until somebody advances it. */
export function clockAt(start: Date): Clock {
  let standing = start.getTime();
  let read = (): number => standing;
  return {
    now: () => new Date(read()),
    advance: (milliseconds) => {
      standing += milliseconds;
    },
    follow: (source) => {
      read = source;
    },
  };
}

/** RFC 3339 in whole seconds, as `metav1.Time` is written. */
export function timestamp(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** RFC 3339 in microseconds, as `metav1.MicroTime` is written (leases use it). */
export function microTimestamp(at: Date): string {
  return `${at.toISOString().slice(0, 23)}000Z`;
}
