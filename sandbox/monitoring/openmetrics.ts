import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** One series of the past. `key` is its name and labels as they stand in an exposition: `up{job="x"}`. */
export interface Series {
  key: string;
  /** Unix seconds and value, oldest first. */
  points: [number, number][];
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };
const escape = (value: string): string => (/[\\"\n]/.test(value) ? value.replace(/[\\"\n]/g, (char) => ESCAPES[char] ?? char) : value);

/**
 * A metric's name and labels in the text formats. Labels are sorted, so equal series have equal keys. Empty labels are
 * left out: to Prometheus an empty label and no label are the same.
 */
export function seriesKey(name: string, labels: Readonly<Record<string, string>>): string {
  let text = '';
  for (const label of Object.keys(labels).sort()) {
    const value = labels[label];
    if (value !== undefined && value !== '') text += `${text === '' ? '' : ','}${label}="${escape(value)}"`;
  }
  return text === '' ? name : `${name}{${text}}`;
}

/** A sample's value in the text formats, which spell the infinities otherwise than JavaScript. */
export function valueText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

/** Writes series as an OpenMetrics file that `promtool tsdb create-blocks-from openmetrics` reads. */
export async function writeOpenMetrics(file: string, series: Iterable<Series>): Promise<void> {
  const out = createWriteStream(file);
  for (const { key, points } of series) {
    const lines = points.map(([at, value]) => `${key} ${valueText(value)} ${at}\n`).join('');
    if (!out.write(lines)) await once(out, 'drain');
  }
  out.end('# EOF\n');
  await once(out, 'close');
}
