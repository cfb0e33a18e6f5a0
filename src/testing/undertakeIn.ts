import {
  ACCEPTED_ANSWERS, type ExecuteMitigation, type Picked, type Reply, type Runbook, type Sender, type Transport, type Undertaking, type UndertakingState, type Write,
  createClock, createDiagnosis, createReader, drive, limited, sentOf, undertake,
} from '../engine';
import { answer } from './answer';
import { type Cluster } from './cluster';
import { pass } from './controllers';
import { type Firing, type Metrics, doorTo } from './door';
import { type User } from './types';
import { clusterAdmin } from './users';

/** One write that reached the API server for good, as its audit log has it. */
export interface Audited extends Pick<Write, 'method' | 'path' | 'body'> {
  readonly user: string;
  readonly status: number;
}

/** What a write meets on its way: an answer in the server's place, its loss before the server took it, or the loss of the answer. */
export type Mishap = { readonly status: number; readonly message: string } | 'lost' | 'answerLost';

/** What can go wrong. It may be changed at any time. */
export interface Trouble {
  user: User;
  /** Right before a write reaches the server, after the last look at its target. `turn` counts writes that are no dry runs, from 1. */
  onWrite: (write: Write, at: { readonly dry: boolean; readonly turn: number }) => Mishap | undefined;
  /** Right after the server took one. */
  afterWrite: (write: Write, turn: number) => void;
  /** What becomes of a reading; undefined: it is answered as usual. */
  onRead: (to: 'kubernetes' | 'prometheus' | 'tenancy', path: string) => Reply | undefined;
  /** Does the alert fire? */
  fires: () => boolean;
}

/** Where a mitigation is carried out. */
export interface Stage {
  readonly runbook: Runbook;
  readonly mitigation: ExecuteMitigation;
  readonly cluster: Cluster;
  readonly rule: Firing;
  readonly picked?: Picked;
  readonly metrics?: (cluster: Cluster) => Metrics;
}

/** A mitigation that is being carried out in the world. */
export interface Staged {
  readonly cluster: Cluster;
  readonly undertaking: Undertaking;
  readonly state: () => UndertakingState;
  readonly trouble: Trouble;
  /** Everything that was written, or tried to be; dry runs left out. */
  readonly written: readonly Audited[];
  /** How often each write was handed over, dry runs left out, whether it arrived or not. */
  readonly handedOver: readonly Write[];
  /** Resolves when nothing is left to read. */
  readonly settled: () => Promise<void>;
  /** Lets the world live on, milliseconds, and reads everything again. */
  readonly later: (milliseconds: number) => Promise<void>;
  /** Runs what was previewed to its end; the world lives on while it waits. */
  readonly run: () => Promise<void>;
  readonly leave: () => void;
}

const isDry = ({ path, body }: Write): boolean => path.includes('dryRun=All') || JSON.stringify(body ?? null).includes('"dryRun":["All"]');

/** How often the console tries again after a 429: `consoleFetch` of the SDK does by itself. */
const TRIES = 3;
/** Milliseconds that pass in the world with each write. */
const MOMENT = 500;
/** Milliseconds by which it lives on while a plan waits between two operations. */
const WAIT = 2_000;

const turnOfLoop = (): Promise<void> => new Promise((done) => setImmediate(done));

const senderIn = (cluster: Cluster, trouble: Trouble, written: Audited[], handedOver: Write[]): Sender => {
  const exchange = (write: Write, dry: boolean, turn: number): { status: number; body: string } | 'lost' => {
    const { method, path, contentType, body } = write;
    const mishap = trouble.onWrite(write, { dry, turn });
    if (mishap === 'lost') return 'lost';
    const { name } = trouble.user;
    if (typeof mishap === 'object') {
      if (!dry) written.push({ method, path, body, user: name, status: mishap.status });
      return { status: mishap.status, body: JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message: mishap.message, code: mishap.status }) };
    }
    const reply = answer(cluster, { method, path, headers: { 'content-type': contentType, accept: ACCEPTED_ANSWERS }, body: JSON.stringify(body), user: trouble.user });
    if (dry) return reply;
    written.push({ method, path, body, user: name, status: reply.status });
    if (reply.status < 300) trouble.afterWrite(write, turn);
    pass(cluster, MOMENT);
    return mishap === 'answerLost' ? 'lost' : reply;
  };
  return {
    send: async (write) => {
      const dry = isDry(write);
      if (!dry) handedOver.push(write);
      const turn = handedOver.length;
      await turnOfLoop();
      for (let left = TRIES; ; left -= 1) {
        const reply = exchange(write, dry, turn);
        if (reply === 'lost') return { state: 'unknown', words: 'timedOut' };
        if (reply.status !== 429 || left <= 1) return sentOf(reply.status, reply.body);
      }
    },
  };
};

const doorIn = ({ cluster, rule, metrics }: Stage, trouble: Trouble): Transport => {
  let scraped: { readonly at: string; readonly samples: Metrics } | undefined;
  // Prometheus counts anew only once something has changed.
  const metricsNow = (): Metrics => {
    const at = `${cluster.resourceVersion} ${cluster.now().getTime()}`;
    if (scraped?.at !== at) scraped = { at, samples: metrics?.(cluster) ?? [] };
    return scraped.samples;
  };
  return {
    get: async (request, signal) => {
      const { since, ...silent } = rule;
      const rules = [trouble.fires() ? { ...silent, since: since ?? 1 } : silent];
      const door = doorTo({ cluster, user: trouble.user, rules, metrics: request.to === 'kubernetes' ? [] : metricsNow() });
      return trouble.onRead(request.to, request.path) ?? door.get(request, signal);
    },
  };
};

/**
 * Carries out a mitigation over the world, through the simulator's own API and the reader of the browser, up to its plan. Needs faked timers
 * where the plan waits between its operations: the world's time is the only one.
 */
export const undertakeIn = async (stage: Stage): Promise<Staged> => {
  const { runbook, mitigation, cluster, picked } = stage;
  const trouble: Trouble = { user: clusterAdmin, onWrite: () => undefined, afterWrite: () => undefined, onRead: () => undefined, fires: () => true };
  const written: Audited[] = [];
  const handedOver: Write[] = [];
  const clock = createClock(() => cluster.now().getTime());
  const diagnosis = createDiagnosis(runbook, {}, clock.now);
  const leaving = new AbortController();
  const reader = createReader(limited(doorIn(stage, trouble), 6), clock);
  const undertaking = undertake(diagnosis, mitigation, { reader, sender: senderIn(cluster, trouble, written, handedOver), signal: leaving.signal, ...(picked ? { picked } : {}) });
  const { settled } = drive(diagnosis, reader, leaving.signal, 0);
  await settled();
  return {
    cluster, undertaking, state: undertaking.state, trouble, written, handedOver, settled,
    later: async (milliseconds) => {
      pass(cluster, milliseconds);
      diagnosis.readAgain();
      await settled();
    },
    run: async () => {
      let isOver = false;
      const going = undertaking.run().finally(() => { isOver = true; });
      while (!isOver) {
        await turnOfLoop();
        if (isOver || jest.getTimerCount() === 0) continue;
        pass(cluster, WAIT);
        await jest.advanceTimersByTimeAsync(WAIT);
      }
      await going;
      await settled();
    },
    leave: () => leaving.abort(),
  };
};
