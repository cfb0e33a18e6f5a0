import { type MetricSample } from '../../src/testing/types';
import { type Series, seriesKey } from './openmetrics';

/** A stretch of the past, in unix seconds. `to` lies on the grid that `step` draws from `from`. */
export interface Span {
  from: number;
  to: number;
  step: number;
}

/** The `seconds` before `end`, as far as they fit on the grid; instants are whole seconds. */
export function spanBefore(end: Date, seconds: number, step: number): Span {
  const to = Math.floor(end.getTime() / 1_000);
  return { from: to - Math.floor(seconds / step) * step, to, step };
}

/** The instants of a span, oldest first. */
export function* instants({ from, to, step }: Span): Generator<number> {
  for (let at = from; at <= to; at += step) yield at;
}

/**
 * The raw series of a span, asked for instant by instant: what scraping would have stored. A sample that is given for
 * many instants as the same object is looked up once.
 */
export function historyOf(seriesAt: (at: Date) => readonly MetricSample[], span: Span): Series[] {
  const byKey = new Map<string, Series>();
  const bySample = new Map<MetricSample, Series>();
  const seriesOf = (sample: MetricSample): Series => {
    const key = seriesKey(sample.name, sample.labels);
    const series = byKey.get(key) ?? { key, points: [] };
    byKey.set(key, series);
    bySample.set(sample, series);
    return series;
  };
  for (const at of instants(span)) {
    for (const sample of seriesAt(new Date(at * 1_000))) (bySample.get(sample) ?? seriesOf(sample)).points.push([at, sample.value]);
  }
  return [...byKey.values()];
}

/**
 * The series that were still there at the end of the span, each with one more point at `now`. A history that ends
 * when Prometheus starts leaves no gap before the first scrape, however long its making took.
 */
export function prolonged(series: readonly Series[], span: Span, now: Date): Series[] {
  const at = Math.floor(now.getTime() / 1_000);
  if (at <= span.to) return [];
  return series.flatMap(({ key, points }) => {
    const last = points.at(-1);
    return last !== undefined && last[0] === span.to ? [{ key, points: [[at, last[1]]] }] : [];
  });
}
