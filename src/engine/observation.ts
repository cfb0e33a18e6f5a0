import { type Permission } from './source';

/** Why something could not be read. Each has a sentence of its own, in `failures.ts`. */
export type FailureReason =
  | 'forbidden' | 'unauthorized' | 'apiNotInstalled' | 'timedOut' | 'unreachable' | 'serverError' | 'tooManyRequests'
  | 'tooLarge' | 'malformed' | 'stale' | 'notConfigured' | 'rejected';

/** A reading that brought nothing. `detail` is the server's own words, capped. */
export interface Failure {
  readonly reason: FailureReason;
  /** Set when forbidden: what would have been needed. */
  readonly permission?: Permission;
  readonly detail?: string;
}

/** What a door brought back. `readAt` is server time in milliseconds since 1970. */
export type Observation =
  | {
      readonly state: 'ok';
      readonly items: readonly unknown[];
      /** False if there is more than was read. */
      readonly complete: boolean;
      /** How many more there are, where the server says so. */
      readonly more?: number;
      readonly readAt: number;
    }
  /** The object does not exist: a fact, not a failure. */
  | { readonly state: 'absent'; readonly readAt: number }
  | ({ readonly state: 'failed'; readonly readAt: number } & Failure);

/** Part of what a step wanted to see, and why it is not there. */
export interface Missing extends Failure {
  /** The reading of the step, as its author named it. */
  readonly reading: string;
  /** The object or pod that was to be read, where the reading is of one. */
  readonly of?: string;
}

/** What a check gets of one reading: the readable part. */
export interface Evidence<T> {
  readonly items: readonly T[];
  /** Nothing is missing and nothing was cut. */
  readonly complete: boolean;
  /** The named object does not exist. */
  readonly absent: boolean;
  /** When the oldest part of it was read: server time, milliseconds since 1970; 0 if nothing could be, now if there was nothing to read. */
  readonly readAt: number;
  /** Of a single object: since when every reading brought the same uid and resourceVersion. */
  readonly unchangedSince?: number;
  /** How many more there are, where the server says so. */
  readonly more: number;
  readonly missing: readonly Missing[];
}
