/** One line of a container's log, with the time the container runtime stamped on it. */
export interface LogLine {
  at: Date;
  text: string;
}

/** Which log: a container's current run, or with `previous` the run before its last restart. */
export interface LogOf {
  namespace: string;
  pod: string;
  container: string;
  previous?: boolean;
}

const keyOf = ({ namespace, pod, container, previous }: LogOf): string => `${namespace}/${pod}/${container}/${previous ? 'previous' : 'current'}`;

/** What the containers wrote. A pod's logs are gone with the pod. */
export class PodLogs {
  private readonly lines = new Map<string, LogLine[]>();

  constructor(private readonly now: () => Date) {}

  /** Appends lines, stamped with the world's time or the given one. */
  write(log: LogOf, texts: readonly string[], at: Date = this.now()): void {
    const lines = this.lines.get(keyOf(log)) ?? [];
    lines.push(...texts.map((text) => ({ at, text })));
    this.lines.set(keyOf(log), lines);
  }

  /** The whole log, oldest first; empty if nothing was written. */
  read(log: LogOf): readonly LogLine[] {
    return this.lines.get(keyOf(log)) ?? [];
  }

  /** A container starts anew: what it wrote becomes its previous log. */
  restart(log: Omit<LogOf, 'previous'>): void {
    this.lines.set(keyOf({ ...log, previous: true }), [...this.read(log)]);
    this.lines.delete(keyOf(log));
  }

  /** Takes over what another cluster's containers wrote. */
  adopt(other: PodLogs): void {
    for (const [key, lines] of other.lines) this.lines.set(key, [...lines]);
  }

  /** Drops all logs of a pod. */
  forget(namespace: string, pod: string): void {
    for (const key of this.lines.keys()) if (key.startsWith(`${namespace}/${pod}/`)) this.lines.delete(key);
  }
}
