import { useCallback, useEffect, useState } from 'react';
import { type Observation, type Source } from '../engine';
import { readerFor } from './cluster';
import { useVisible } from './visibility';

/** Read again this often while the page is in view, milliseconds. */
const EVERY = 15_000;
/** An equal source that was read less than so long ago is not read again, milliseconds. */
const MAX_AGE = 1_000;

/**
 * What a source holds now; `undefined` until it has been read once. `tenant` is the project of the page, undefined for all. Nothing is
 * read while the tab is hidden. `source` stays the same object from one drawing to the next.
 */
export const useReading = (source: Source, tenant: string | undefined): { readonly seen: Observation | undefined; readonly readAgain: () => void } => {
  const [seen, setSeen] = useState<Observation>();
  const [round, setRound] = useState(0);
  const visible = useVisible();
  useEffect(() => {
    if (!visible) return undefined;
    const leaving = new AbortController();
    const read = () => {
      readerFor(tenant).read(source, { signal: leaving.signal, maxAge: MAX_AGE }).then(
        (one) => { if (!leaving.signal.aborted) setSeen(one); },
        () => undefined,
      );
    };
    read();
    const again = setInterval(read, EVERY);
    return () => {
      clearInterval(again);
      leaving.abort();
    };
  }, [source, tenant, visible, round]);
  return { seen, readAgain: useCallback(() => setRound((before) => before + 1), []) };
};
