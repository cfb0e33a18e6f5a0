/** One kind of call of a program to the API server, as its own counter tells calls apart: pkg/monitoring/metrics/common/client/rt_wrapper.go. */
export interface CallKind {
  /** `GET`, `LIST`, `WATCH`, `CREATE`, `UPDATE`, `PATCH` or `DELETE`. */
  readonly verb: string;
  readonly resource: string;
}

/**
 * What is wrong with calls where no object of the world says it: an API server that fails or turns away, a second writer, a client that asks for
 * things that are not there. Without verb and resource it is about every call.
 */
export interface RestFault extends Partial<CallKind> {
  readonly component: string;
  /** One pod alone. */
  readonly pod?: string;
  /** What the API server answers; absent: what it would answer anyway. */
  readonly code?: string;
  /** The API server's words, for the log. */
  readonly words?: string;
  /** How many of these calls each pod makes. */
  readonly perSecond?: number;
  /** Or how many times as many as usual, because each is tried again. */
  readonly times?: number;
}

/** So many calls of one kind that got one answer. */
export interface Counted extends CallKind {
  readonly code: string;
  readonly count: number;
}

/** What the programs of the world have called so far, by pod; and what is wrong with it. */
export class RestCalls {
  readonly faults: RestFault[] = [];
  private readonly counters = new Map<string, Map<string, Counted>>();
  /** Until when the calls of a pod are counted, milliseconds since 1970. */
  private readonly until = new Map<string, number>();

  /** The fault that befalls a call, if any; the one that is about less comes first. */
  faultOf(component: string, pod: string, { verb, resource }: CallKind): RestFault | undefined {
    const about = this.faults.filter((fault) => fault.component === component && (fault.pod ?? pod) === pod &&
      (fault.verb ?? verb) === verb && (fault.resource ?? resource) === resource);
    return about.find((fault) => fault.resource !== undefined) ?? about[0];
  }

  /** Calls that a pod makes only because of a fault. */
  extrasOf(component: string, pod: string): readonly CallKind[] {
    return this.faults.flatMap(({ component: of, pod: one = pod, verb, resource }) =>
      (of === component && one === pod && verb !== undefined && resource !== undefined ? [{ verb, resource }] : []));
  }

  /** Seconds since the calls of a pod were counted last, or since it started; from now on they are counted until `now`. */
  secondsUntil(uid: string, now: number, started: number): number {
    const since = this.until.get(uid) ?? started;
    this.until.set(uid, now);
    return Math.max(0, now - since) / 1000;
  }

  /** Counts calls of a pod. */
  add(uid: string, { verb, resource, code, count }: Counted): void {
    const counters = this.counters.get(uid) ?? new Map<string, Counted>();
    this.counters.set(uid, counters);
    const key = `${verb} ${resource} ${code}`;
    counters.set(key, { verb, resource, code, count: (counters.get(key)?.count ?? 0) + count });
  }

  /** What a pod has called so far. A process that ends and starts again goes on counting here, where a real one begins anew. */
  of(uid: string): readonly Counted[] {
    return [...this.counters.get(uid)?.values() ?? []];
  }

  /** Takes over what another cluster counted. */
  adopt(other: RestCalls): void {
    this.faults.push(...other.faults);
    for (const [uid, at] of other.until) this.until.set(uid, at);
    for (const [uid, counters] of other.counters) this.counters.set(uid, new Map(counters));
  }
}
