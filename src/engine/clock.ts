/** What time it is on the cluster. */
export interface Clock {
  /** Server time, milliseconds since 1970; the local clock until a server has spoken. */
  readonly now: () => number;
  /** Takes over the Date header of an answer that has just arrived, `took` milliseconds after its question. */
  readonly heard: (date: number, took?: number) => void;
  /** Local minus server time, milliseconds; 0 until a server has spoken. Known to a second, or to the time that answers take. */
  readonly skew: () => number;
}

/** A clock that follows the server. `local` is the only source of time there is: milliseconds since 1970. */
export const createClock = (local: () => number): Clock => {
  let skew = 0;
  return {
    now: () => local() - skew,
    heard: (date, took = 0) => {
      // The header counts whole seconds and was written at some time since the question: the skew lies between these two.
      const most = local() - date;
      const least = most - 1000 - took;
      skew = Math.min(most, Math.max(least, skew));
    },
    skew: () => skew,
  };
};
