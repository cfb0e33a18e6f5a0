/** What time it is on the cluster. */
export interface Clock {
  /** Server time, milliseconds since 1970; the local clock until a server has spoken. */
  readonly now: () => number;
  /** Takes over the Date header of an answer that has just arrived. */
  readonly heard: (date: number) => void;
  /** Local minus server time, milliseconds; 0 until a server has spoken. The Date header counts whole seconds. */
  readonly skew: () => number;
}

/** A clock that follows the server. `local` is the only source of time there is: milliseconds since 1970. */
export const createClock = (local: () => number): Clock => {
  let skew = 0;
  return {
    now: () => local() - skew,
    heard: (date) => {
      const apart = local() - date;
      // A header of whole seconds is up to one second behind by itself: follow it only beyond that.
      skew = Math.abs(apart) <= 1000 ? 0 : apart;
    },
    skew: () => skew,
  };
};
