import type { MetricSample } from '../types';

export type Labels = Readonly<Record<string, string>>;

/** One sample. */
export function sample(name: string, labels: Labels, value: number | boolean): MetricSample {
  return { name, labels, value: Number(value) };
}

/** One series per possible value of a label, of which one is 1: how exporters write a state. */
export function stateSet(name: string, labels: Labels, label: string, values: readonly string[], current: string | undefined): MetricSample[] {
  return values.map((value) => sample(name, { ...labels, [label]: value }, value === current));
}

/** A Kubernetes label or resource name as a Prometheus label may be called, as kube-state-metrics makes it. */
export const sanitized = (name: string): string => name.replace(/[^a-zA-Z0-9_]/g, '_');
