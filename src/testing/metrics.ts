import type { Cluster } from './cluster';
import { apiRequestSamples } from './metrics/apiRequests';
import { kubeStateSamples } from './metrics/kubeState';
import { kubevirtSamples } from './metrics/kubevirt';
import { flowSamples } from './metrics/restCalls';
import type { MetricSample } from './types';

/**
 * What the cluster's exporters expose now, `up` of each target included, as one Prometheus would hold it after a scrape: read
 * from the objects, so that an alert is true exactly when the world is. `cluster.scrapes` switches jobs off.
 */
export function metricsOf(cluster: Cluster): MetricSample[] {
  return [...kubeStateSamples(cluster), ...kubevirtSamples(cluster), ...flowSamples(cluster), ...apiRequestSamples(cluster)];
}

const escaped = (value: string): string => value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');

/** Writes samples in the Prometheus text format, one group per metric. */
export function exposition(samples: readonly MetricSample[]): string {
  const groups = new Map<string, string[]>();
  for (const { name, labels, value } of samples) {
    const text = Object.entries(labels).map(([label, content]) => `${label}="${escaped(content)}"`).join(',');
    const lines = groups.get(name) ?? [`# TYPE ${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}`];
    lines.push(`${name}{${text}} ${String(value)}`);
    groups.set(name, lines);
  }
  return [...groups.values()].map((lines) => `${lines.join('\n')}\n`).join('');
}
