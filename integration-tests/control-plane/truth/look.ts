import { type Diagnosis, type Report, type Runbook, type Transport, createClock, createDiagnosis, createReader, drive, limited, plainText } from '../../../src/engine';
import { type Cluster } from '../../../src/testing/cluster';
import { type Firing, type Metrics, doorTo } from '../../../src/testing/door';
import { type User } from '../../../src/testing/types';
import { type ApiServer } from '../launch/apiServer';

/** What stands behind both doors besides Kubernetes. */
export interface Monitoring {
  readonly cluster: Cluster;
  readonly user: User;
  readonly rules: readonly Firing[];
  readonly metrics: Metrics;
  /** No Prometheus answers. */
  readonly down?: boolean;
}

/** One request as it was asked of the API server, and the status of the answer. */
export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly status: number;
  /** The server's own words where it refused. */
  readonly words?: string;
}

const wordsIn = (body: string): string | undefined => {
  try {
    return (JSON.parse(body) as { message?: string }).message;
  } catch {
    return undefined;
  }
};

/** A door whose Kubernetes is the simulator. */
export const simulatedDoor = (behind: Monitoring): Transport => {
  const door = doorTo(behind);
  return { get: async (request, signal) => (behind.down && request.to !== 'kubernetes' ? { state: 'failed', reason: 'unreachable' } : door.get(request, signal)) };
};

/** A door whose Kubernetes is a real API server, asked as the user; Prometheus answers as on the simulator. `asked` is told of each request. */
export const realDoor = (server: ApiServer, behind: Monitoring, asked: (request: Asked) => void = () => undefined): Transport => {
  const simulated = simulatedDoor(behind);
  const send = server.as(behind.user.name);
  return {
    get: async (request, signal) => {
      const { to, path, accept, body } = request;
      if (to !== 'kubernetes') return simulated.get(request, signal);
      const method = body === undefined ? 'GET' : 'POST';
      const answer = await send({ method, path, headers: { accept: accept ?? 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body }), signal });
      const words = answer.status < 400 ? undefined : wordsIn(answer.body);
      asked({ method, path, status: answer.status, ...(words === undefined ? {} : { words }) });
      const date = Date.parse(String(answer.headers['date'] ?? ''));
      return { state: 'answered', status: answer.status, body: answer.body, ...(Number.isNaN(date) ? {} : { date }) };
    },
  };
};

/** Runs a diagnosis to its end. The local clock is `now`, milliseconds since 1970. */
export const diagnoseBy = async (transport: Transport, runbook: Runbook, now: () => number): Promise<Diagnosis> => {
  const clock = createClock(now);
  const diagnosis = createDiagnosis(runbook, {}, clock.now);
  const leaving = new AbortController();
  await drive(diagnosis, createReader(limited(transport, 6), clock), leaving.signal).settled();
  leaving.abort();
  return diagnosis;
};

/** A text without how long ago something was: the two doors are asked one after the other. */
const steady = (text: string): string => text.replaceAll(/\b\d+ s\b/g, '… s');

/** What a report says, without when and how it was read. */
export const truthOf = ({ alert, answer, outcome, counts, steps, affected, around, causes, mitigations }: Report): unknown => ({
  alert: alert.state, answer, outcome, counts,
  steps: [...steps, ...(affected ? [affected] : []), ...around].map((one) => ({
    step: one.step, state: one.state, outcome: one.outcome, reason: one.reason, also: one.also, complete: one.complete,
    says: one.says && steady(plainText(one.says)),
    missing: one.missing.map(({ reading, of, reason, permission }) => ({ reading, of, reason, permission })),
    subjects: one.subjects.map(({ kind, namespace, name }) => [kind, namespace, name].join('/')),
  })),
  causes: causes.map(({ cause, verdict, fires }) => ({ cause, verdict, fires })),
  mitigations: mitigations.map(({ mitigation, supportedBy }) => ({ mitigation, supportedBy })),
});
