import { type Late, type Ref } from './late';

declare const item: unique symbol;

/** A kind of Kubernetes object. `T` is the shape of its objects. The table of kinds stands in `src/sources/kinds.ts`. */
export interface Kind<T = unknown> {
  readonly kind: string;
  readonly plural: string;
  /** Empty for the core group. */
  readonly group: string;
  /** Served versions we can read, best first. */
  readonly versions: readonly [string, ...string[]];
  readonly namespaced: boolean;
  readonly [item]?: T;
}

/** Where objects are read: one namespace, everywhere, or outside namespaces. The two literals cannot be names: they hold a space. */
export type Where = Late<string> | 'all namespaces' | 'the cluster';

/**
 * What of an object is read. `metadata` asks the server for PartialObjectMetadata: small, but no spec and no status. `identity` keeps of that only what
 * tells objects apart and groups them: {@link Identity}. It is for tens of thousands.
 */
export type Part = 'full' | 'metadata' | 'identity';

/** What is kept of an object that is read for its identity. */
export interface Identity {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    /** ISO 8601. */
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string; readonly controller?: boolean }[];
  };
}

/** One object by name. */
export interface ObjectSource<T> {
  readonly kind: 'object';
  readonly of: Kind<T>;
  readonly in: Late<string> | 'the cluster';
  readonly name: Late<string>;
  readonly part: Part;
  /** The door may ring when it changes. */
  readonly live?: true;
  readonly [item]?: T;
}

/** Objects of a kind. */
export interface ListSource<T> {
  readonly kind: 'list';
  readonly of: Kind<T>;
  readonly in: Where;
  readonly part: Part;
  /** More are not read; the evidence is then incomplete. */
  readonly atMost: number;
  /** A label selector as the API server reads it. */
  readonly labels?: Late<string>;
  /** A field selector as the API server reads it. */
  readonly fields?: Late<string>;
  readonly live?: true;
  readonly [item]?: T;
}

/** One line of a log. */
export interface LogLine {
  readonly pod: string;
  readonly container?: string;
  /** ISO 8601, as the kubelet stamped it. */
  readonly at?: string;
  readonly text: string;
}

/** The end of one container's log. `previous` is the log of the container before its last restart. */
export interface LogSource {
  readonly kind: 'log';
  readonly in: Late<string>;
  readonly pod: Late<string>;
  readonly container?: Late<string>;
  readonly previous?: true;
  /** Lines. */
  readonly tail: number;
  /** Seconds before now. */
  readonly since?: number;
  readonly [item]?: LogLine;
}

/** PromQL with late values; each value is escaped as the content of a quoted label value. Made by `promql`. */
export interface Query {
  readonly parts: readonly string[];
  readonly values: readonly Late<string>[];
}

/** One series of an answer. An instant answer has one point. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Oldest first: seconds since 1970, and the value. */
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** A PromQL query: at one instant, or over a range that ends now. */
export interface MetricsSource {
  readonly kind: 'metrics';
  readonly query: Query;
  /** Seconds; absent means an instant query. */
  readonly over?: { readonly range: number; readonly step: number };
  /**
   * Raw series that the query rests on: the newest of their samples must not be older than two scrapes.
   * Prometheus itself hands out values up to five minutes old.
   */
  readonly freshBy?: Query;
  readonly [item]?: Series;
}

/** One alert of a rule. */
export interface LoadedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'firing' | 'pending' | 'inactive';
  /** ISO 8601. */
  readonly activeAt?: string;
}

/** An alerting rule as Prometheus has it loaded. */
export interface LoadedRule {
  readonly alert: string;
  /** Absent where only `ALERTS` could be read. */
  readonly expr?: string;
  /** Seconds. */
  readonly for?: number;
  /** Seconds. */
  readonly keepFiringFor?: number;
  /** Seconds. */
  readonly interval?: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
  /** Recording rules whose names stand in the expression; absent where they could not be read. */
  readonly records?: readonly { readonly name: string; readonly expr: string }[];
  readonly alerts: readonly LoadedAlert[];
  /** Group file, group and rule as Prometheus names them: what the console makes its rule id of. */
  readonly group?: { readonly file: string; readonly name: string };
}

/** Alerting rules with their alerts; `names` absent means all. Equal for every runbook, so read once. */
export interface RulesSource {
  readonly kind: 'rules';
  readonly [item]?: LoadedRule;
}

/** May the reader of this page do that? */
export interface AccessSource {
  readonly kind: 'access';
  readonly permission: Permission<Late<string>>;
  readonly [item]?: { readonly allowed: boolean; readonly reason?: string };
}

/** Is this API served? A 404 on the group version is the only proof that it is not. */
export interface ApiSource {
  readonly kind: 'api';
  readonly group: string;
  readonly version: string;
  readonly [item]?: { readonly resource: string };
}

/** The same source for each element of an earlier output, at most so many. */
export interface EachSource<T> {
  readonly kind: 'each';
  readonly over: Ref<readonly unknown[]>;
  readonly atMost: number;
  readonly source: Source;
  readonly [item]?: T;
}

/** What can be read, as plain data. It reads nothing itself. */
export type Source =
  | ObjectSource<unknown> | ListSource<unknown> | LogSource | MetricsSource | RulesSource | AccessSource | ApiSource;

/** What the evidence of a source consists of. */
export type ItemOf<S> =
  S extends { readonly kind: 'object' | 'list'; readonly part: 'identity' } ? Identity
    : S extends { readonly kind: 'object' | 'list'; readonly of: Kind<infer T> } ? T
    : S extends { readonly kind: 'log' } ? LogLine
      : S extends { readonly kind: 'metrics' } ? Series
        : S extends { readonly kind: 'rules' } ? LoadedRule
          : S extends { readonly [item]?: infer T } ? Exclude<T, undefined> : never;

/** What one request needs: `group` empty for core; `resource` is the plural; `namespace` absent for all or none. */
export interface Permission<S = string> {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: S;
  readonly name?: S;
}

/** PromQL as a template: what is put into the holes is escaped for a double-quoted label value. */
export const promql = (parts: TemplateStringsArray, ...values: readonly Late<string>[]): Query => ({ parts: [...parts], values });

/** The query as Prometheus gets it. Escapes as the Prometheus documentation asks of double-quoted strings (those of Go). */
export const queryText = ({ parts, values }: { parts: readonly string[]; values: readonly string[] }): string =>
  parts.map((part, i) => part + (i < values.length ? JSON.stringify(values[i]).slice(1, -1) : '')).join('');

/** A path into the element that `each` goes over. */
export type ElementRefs<T> = Ref<T> & (T extends object ? { readonly [K in keyof T]-?: Ref<T[K]> } : unknown);

const element = <T>(path: readonly string[]): ElementRefs<T> =>
  new Proxy({ from: 'element', path } as unknown as ElementRefs<T> & object, {
    get: (target, key) => (key in target || typeof key === 'symbol' ? Reflect.get(target, key) : element([...path, key])),
  });

const plain = <T>(data: T): T => JSON.parse(JSON.stringify(data)) as T;

/** Describes one source per element of an earlier output; `source` is called once, with references into the element. */
export const each = <T, S extends Source>(
  over: Ref<readonly T[]>, options: { readonly atMost: number }, source: (element: ElementRefs<T>) => S,
): EachSource<ItemOf<S>> => ({ kind: 'each', over, atMost: options.atMost, source: plain(source(element<T>([]))) });
