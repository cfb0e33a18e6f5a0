import {
  type Api, type Clock, type Observation, type Reader, type Reply, type Report, type Request, type Runbook, type Source, type Transport,
  createClock, createDiagnosis, createReader, drive, identityOf, keyOf, limited,
} from '../../src/engine';
import { ask } from '../../sandbox/bridge/ask';
import type { Endpoint } from '../../src/headless/access';

/** One request that a source took, and when: milliseconds. */
interface Sent {
  request: Request;
  begin: number;
  end: number;
}

/** A diagnosis that was run to its end, with everything that is needed to go through it again without a cluster. */
export interface Trace {
  runbook: Runbook;
  labels: Readonly<Record<string, string>>;
  report: Report;
  /** Server time at which it was evaluated. */
  now: number;
  sources: readonly Source[];
  observations: ReadonlyMap<string, Observation>;
  /** What each source took, by its key: one list per round; what is in one round was under way at once. */
  rounds: ReadonlyMap<string, readonly (readonly Request[])[]>;
}

/** Where the APIs answer. */
export type Endpoints = Readonly<Partial<Record<Api, Endpoint>>>;

/** Sends one request as the engine describes it. Rejects if there is no answer. */
export async function sendTo(endpoints: Endpoints, { to, path, accept, body }: Request): Promise<Reply & { bytes: number }> {
  const endpoint = endpoints[to];
  if (!endpoint) return { state: 'failed', reason: 'notConfigured', bytes: 0 };
  const answer = await ask(`${endpoint.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST', agent: endpoint.agent, within: 60_000,
    headers: { ...endpoint.headers, Accept: accept ?? 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { state: 'answered', status: answer.status, body: answer.body, bytes: Buffer.byteLength(answer.body) };
}

const AT_ONCE = 6;

/** Requests that overlap are one round; one that began after all before it had ended waits for them. */
function roundsOf(sent: readonly Sent[]): readonly (readonly Request[])[] {
  const rounds: { requests: Request[]; end: number }[] = [];
  for (const { request, begin, end } of sent.toSorted((a, b) => a.begin - b.begin)) {
    const last = rounds.at(-1);
    if (last && begin < last.end) {
      last.requests.push(request);
      last.end = Math.max(last.end, end);
    } else rounds.push({ requests: [request], end });
  }
  return rounds.map(({ requests }) => requests);
}

/** Runs a runbook in this process and notes what it read. */
export async function trace(runbook: Runbook, labels: Readonly<Record<string, string>>, endpoints: Endpoints): Promise<Trace> {
  const clock: Clock = createClock(() => Date.now());
  const observations = new Map<string, Observation>();
  const sent = new Map<string, Sent[]>();
  const door: Transport = limited({ get: (request) => sendTo(endpoints, request) }, AT_ONCE);
  const reader: Reader = {
    read: async (source, options) => {
      const mine: Sent[] = [];
      sent.set(keyOf(source), mine);
      const noting: Transport = {
        get: async (request, signal) => {
          const one: Sent = { request, begin: performance.now(), end: Infinity };
          mine.push(one);
          const reply = await door.get(request, signal);
          one.end = performance.now();
          return reply;
        },
      };
      const observation = await createReader(noting, clock).read(source, options);
      observations.set(keyOf(source), observation);
      return observation;
    },
  };
  const diagnosis = createDiagnosis(runbook, identityOf(runbook, labels), clock.now);
  const leaving = new AbortController();
  await drive(diagnosis, reader, leaving.signal).settled();
  leaving.abort();
  const sources = new Map(diagnosis.readable().map((source) => [keyOf(source), source]));
  return {
    runbook, labels, report: diagnosis.report(), now: clock.now(), sources: [...sources.values()], observations,
    rounds: new Map([...sent].map(([key, list]) => [key, roundsOf(list)])),
  };
}
