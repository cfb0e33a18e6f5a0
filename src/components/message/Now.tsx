import { type FC, type ReactNode, createContext, useContext, useEffect, useState } from 'react';

const Now = createContext<number | null>(null);

/** Ages are told in seconds only below a minute; more often than this nobody reads them. */
const TICK = 5_000;

/**
 * Lets everything inside tell ages by the cluster's clock: server time (milliseconds since 1970) as it was last heard,
 * plus what has passed here since. The reader's own clock may be wrong.
 */
export const NowProvider: FC<{ readonly at: number; readonly children: ReactNode }> = ({ at, children }) => {
  const [tick, setTick] = useState({ at, elapsed: 0 });
  useEffect(() => {
    const started = performance.now();
    const timer = setInterval(() => setTick({ at, elapsed: performance.now() - started }), TICK);
    return () => clearInterval(timer);
  }, [at]);
  return <Now.Provider value={tick.at === at ? at + tick.elapsed : at}>{children}</Now.Provider>;
};

/** Server time in milliseconds since 1970, or null outside a `NowProvider`: ages are then not told. */
export const useNow = (): number | null => useContext(Now);

/** Lets everything inside tell instants instead of ages while `isOn`: on paper no time passes. */
export const Timeless: FC<{ readonly isOn: boolean; readonly children: ReactNode }> = ({ isOn, children }) => {
  const now = useNow();
  return <Now.Provider value={isOn ? null : now}>{children}</Now.Provider>;
};
