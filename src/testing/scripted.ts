import { type Reply, type Request, type Transport } from '../engine/transport';

/** A door whose answers a spec writes itself, and which keeps what it was asked. */
export interface Scripted extends Transport {
  readonly requests: readonly Request[];
  /** The paths asked for, in order. */
  readonly paths: () => readonly string[];
}

/** A door that answers each request as `answer` says. An aborted request is rejected, as at the real doors. */
export const scripted = (answer: (request: Request) => Reply | Promise<Reply>): Scripted => {
  const requests: Request[] = [];
  return {
    requests,
    paths: () => requests.map(({ path }) => path),
    get: async (request, signal) => {
      signal.throwIfAborted();
      requests.push(request);
      const left = gate<never>();
      const leave = () => left.fail(signal.reason);
      signal.addEventListener('abort', leave);
      return Promise.race([Promise.resolve(answer(request)), left.promise]).finally(() => signal.removeEventListener('abort', leave));
    },
  };
};

/** An answer: text as it is, anything else as JSON. */
export const says = (status: number, body: unknown, date?: number): Reply =>
  ({ state: 'answered', status, body: typeof body === 'string' ? body : JSON.stringify(body), ...(date === undefined ? {} : { date }) });

/** A Status of the API server, as it stands in the body of an error. */
export const refusal = (code: number, reason: string, message: string, details: object = {}): Reply =>
  says(code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code });

/** A promise that a spec settles when it wants to. */
export const gate = <T>(): { readonly promise: Promise<T>; readonly open: (value: T) => void; readonly fail: (error: unknown) => void } => {
  let open: (value: T) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
};
