/** The APIs that a door reaches. `tenancy` is the Prometheus that answers for one namespace at a time. */
export type Api = 'kubernetes' | 'prometheus' | 'tenancy';

/** One read. `body` is set for access reviews alone, which Kubernetes wants posted although they change nothing. */
export interface Request {
  readonly to: Api;
  /** Below the root of that API, parts and parameters encoded. */
  readonly path: string;
  readonly accept?: string;
  readonly body?: unknown;
}

/** What came back, or why nothing did. */
export type Reply =
  | {
      readonly state: 'answered';
      readonly status: number;
      readonly body: string;
      /** The server's clock, milliseconds since 1970, from its Date header. */
      readonly date?: number;
    }
  | { readonly state: 'failed'; readonly reason: 'timedOut' | 'unreachable' | 'tooLarge' | 'notConfigured'; readonly detail?: string };

/** A door to a cluster: the console's fetch in the browser, plain fetch in Node. Never rejects, except when aborted. */
export interface Transport {
  readonly get: (request: Request, signal: AbortSignal) => Promise<Reply>;
}

/** The same door with at most `atOnce` requests under way; the others wait in order. */
export const limited = (transport: Transport, atOnce: number): Transport => {
  let free = atOnce;
  const queue: (() => void)[] = [];
  const leave = () => {
    free += 1;
    queue.shift()?.();
  };
  const enter = () => new Promise<void>((go) => {
    const start = () => {
      free -= 1;
      go();
    };
    if (free > 0) start();
    else queue.push(start);
  });
  return {
    get: async (request, signal) => {
      await enter();
      try {
        // Given up while it waited: it is not started at all.
        signal.throwIfAborted();
        return await transport.get(request, signal);
      } finally {
        leave();
      }
    },
  };
};
