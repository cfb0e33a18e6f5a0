import { type Diagnosis } from './diagnosis';
import { keyOf, type Reader } from './reader';

/** An equal source that another diagnosis has read within this time is not read again, milliseconds. */
const SHARED_FOR = 10_000;

/**
 * Reads whatever the diagnosis wants, whenever it wants it, until aborted. How much is under way at once is the
 * transport's business. `settled` resolves each time nothing is wanted and nothing under way. What another diagnosis read
 * within `sharedFor` milliseconds is taken over.
 */
export const drive = (diagnosis: Diagnosis, reader: Reader, signal: AbortSignal, sharedFor = SHARED_FOR): { readonly settled: () => Promise<void> } => {
  const underWay = new Set<string>();
  const read = new Set<string>();
  const givenUp = new Set<string>();
  const waiting = new Set<() => void>();

  const start = () => {
    if (signal.aborted) return;
    for (const source of diagnosis.wanted()) {
      const key = keyOf(source);
      if (underWay.has(key)) continue;
      underWay.add(key);
      // What this diagnosis has read before, it wants anew; what another one has just read will do the first time.
      const maxAge = read.has(key) ? 0 : sharedFor;
      read.add(key);
      reader.read(source, { signal, maxAge }).then(
        (observation) => {
          underWay.delete(key);
          givenUp.delete(key);
          if (!signal.aborted) diagnosis.accept(source, observation);
        },
        (error: unknown) => {
          underWay.delete(key);
          if (signal.aborted) return;
          // Once: somebody else's reading that we shared was given up, so read it ourselves. Twice: it is the door that fails.
          if (!givenUp.has(key)) {
            givenUp.add(key);
            start();
          } else {
            givenUp.delete(key);
            diagnosis.accept(source, { state: 'failed', reason: 'unreachable', detail: String(error), readAt: Date.parse(diagnosis.report().at) });
          }
        },
      );
    }
    if (underWay.size === 0) {
      for (const done of waiting) done();
      waiting.clear();
    }
  };

  const stop = diagnosis.subscribe(start);
  signal.addEventListener('abort', () => {
    stop();
    for (const done of waiting) done();
  }, { once: true });
  start();
  return { settled: () => (underWay.size === 0 || signal.aborted ? Promise.resolve() : new Promise((done) => waiting.add(done))) };
};
