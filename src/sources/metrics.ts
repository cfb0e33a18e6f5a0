import { type MetricsSource, type Query } from '../engine/source';

/**
 * The value of a query now. `freshBy`: the raw series it rests on; without it the age of the answer is not known, and
 * Prometheus hands out samples up to five minutes old.
 */
export const metric = (query: Query, freshBy?: Query): MetricsSource =>
  freshBy ? { kind: 'metrics', query, freshBy } : { kind: 'metrics', query };

/** The same over a range that ends now; both in seconds. */
export const metricOver = (query: Query, over: { readonly range: number; readonly step: number }): MetricsSource =>
  ({ kind: 'metrics', query, over });
