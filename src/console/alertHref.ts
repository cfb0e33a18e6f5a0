import { useActivePerspective } from '@openshift-console/dynamic-plugin-sdk';
import { murmur3 } from 'murmurhash-js';
import { useCallback } from 'react';
import { type AlertReport } from '../engine';
import { useProject } from './project';

// The library mixes the seed in with `^=`, and so takes a string; its types say number. The word is the monitoring plugin's.
const SEED = 'monitoring-salt' as unknown as number;

/** The id that the console gives a rule: openshift/monitoring-plugin, web/src, where rules are read. Undefined if the rule could not be read whole. */
const ruleId = ({ name, rule }: AlertReport): string | undefined => {
  if (!rule?.group || rule.expr === undefined || rule.for === undefined) return undefined;
  // Name and value of a label change places in there.
  const labels = Object.entries(rule.labels).map(([label, value]) => `${value}=${label}`);
  return String(murmur3([rule.group.file, rule.group.name, name, rule.for, rule.expr, ...labels].join(','), SEED));
};

/** Where a perspective has its alert pages; those of other perspectives show other clusters. */
const alertsIn = (perspective: string, project: string | undefined): string => {
  if (perspective === 'virtualization-perspective') return '/virt-monitoring/alerts';
  if (perspective === 'dev' && project !== undefined) return `/dev-monitoring/ns/${encodeURIComponent(project)}/alerts`;
  return '/monitoring/alerts';
};

/** The address of an alert in Observe: its own page while it is active, else the list. */
export const useAlertHref = (): ((alert: AlertReport) => string) => {
  const [perspective] = useActivePerspective();
  const project = useProject();
  return useCallback((alert) => {
    const id = ruleId(alert);
    const list = alertsIn(perspective, project);
    const isActive = alert.state === 'firing' || alert.state === 'pending';
    return id !== undefined && isActive ? `${list}/${id}?${new URLSearchParams(alert.labels)}` : `${list}?${new URLSearchParams({ name: alert.name })}`;
  }, [perspective, project]);
};
