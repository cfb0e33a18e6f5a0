import { type Reply, parsed } from '../engine';

/** An alert as Alertmanager holds it. */
export interface HeldAlert {
  readonly labels: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly startsAt?: string;
  /** Ids of the silences that keep it quiet. */
  readonly silencedBy: readonly string[];
}

/** What Alertmanager holds (GET /api/v2/alerts of its OpenAPI), or why that is not known, in a sentence. */
export const heldAlerts = async (ask: (path: string, signal: AbortSignal) => Promise<Reply>, signal: AbortSignal): Promise<readonly HeldAlert[] | string> => {
  const reply = await ask('/api/v2/alerts?active=true&silenced=true&inhibited=true', signal).catch((error: unknown): Reply => {
    if (!signal.aborted) throw error;
    return { state: 'failed', reason: 'timedOut' };
  });
  if (reply.state === 'failed') return `Alertmanager cannot be reached (${reply.detail ?? reply.reason}): whether an alert is silenced is not known.`;
  const held = reply.status === 200 ? parsed(reply.body) : undefined;
  if (!Array.isArray(held)) return `Alertmanager gives no alerts (HTTP ${reply.status}): whether an alert is silenced is not known.`;
  return (held as { labels?: Record<string, string>; startsAt?: string; status?: { silencedBy?: string[] } }[]).map(({ labels, startsAt, status }) => ({
    labels: labels ?? {}, silencedBy: status?.silencedBy ?? [], ...(startsAt === undefined ? {} : { startsAt }),
  }));
};

/** The silences of an alert. Alertmanager's labels hold those of the rule and the external ones of Prometheus. */
export const silencesOf = (labels: Readonly<Record<string, string>>, held: readonly HeldAlert[]): readonly string[] =>
  [...new Set(held.filter((one) => Object.entries(labels).every(([name, value]) => one.labels[name] === value)).flatMap(({ silencedBy }) => silencedBy))];
