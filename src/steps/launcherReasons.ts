import { type Finding, info, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { type Series } from '../engine/source';
import { step } from '../engine/step';
import { metric } from '../sources/metrics';
import { FAILED, query, valueOf } from './launcherReadings';

const REASONS = ['none', 'evicted', 'refused', 'shutDown', 'nodeLost', 'outOfMemory', 'containerError', 'unexplained'] as const;
type Code = (typeof REASONS)[number];

/** All that kube_pod_status_reason knows: kubernetes/kube-state-metrics `internal/store/pod.go`, podStatusReasons. */
const BY_POD_REASON: Readonly<Record<string, Code>> = {
  Evicted: 'evicted', UnexpectedAdmissionError: 'refused', NodeAffinity: 'refused', Shutdown: 'shutDown', NodeLost: 'nodeLost',
};

const codeOf = ({ labels: { reason = '', container } }: Series): Code | undefined => {
  if (container === undefined) return BY_POD_REASON[reason];
  if (reason === 'OOMKilled') return 'outOfMemory';
  // Other containers, up to KubeVirt 1.5 the console log above all, fail after successful migrations too: they say nothing about the VM.
  return container === 'compute' && reason !== 'Completed' ? 'containerError' : undefined;
};

const SAYS: Readonly<Record<Exclude<Code, 'none' | 'unexplained'>, (pods: number) => Message>> = {
  evicted: (pods) => msg('Most often the kubelet evicted them: {{pods}} in the whole cluster.', { pods }),
  refused: (pods) => msg('Most often the kubelet did not take them: {{pods}} in the whole cluster.', { pods }),
  shutDown: (pods) => msg('Most often their node was shut down: {{pods}} in the whole cluster.', { pods }),
  nodeLost: (pods) => msg('Most often their node was lost: {{pods}} in the whole cluster.', { pods }),
  outOfMemory: (pods) => msg('Most often the VM process was killed at its memory limit: {{pods}} in the whole cluster.', { pods }),
  containerError: (pods) => msg('Most often the container of the VM ended with an error: {{pods}} in the whole cluster.', { pods }),
};

const about = (series: readonly Series[]): Finding<Code> => {
  const counted = new Map<Code, number>();
  for (const one of series) {
    const code = codeOf(one);
    if (code && valueOf(one) > 0) counted.set(code, (counted.get(code) ?? 0) + valueOf(one));
  }
  const [first, ...others] = [...counted].toSorted(([, a], [, b]) => b - a);
  const rows = [{
    of: 'table' as const,
    columns: [msg('Reason'), msg('Container'), msg('Failed pods')],
    rows: series.filter((one) => valueOf(one) > 0).toSorted((a, b) => valueOf(b) - valueOf(a)).map((one) => [one.labels['reason'] ?? null, one.labels['container'] ?? null, valueOf(one)]),
  }];
  return first
    ? warn(first[0], SAYS[first[0] as keyof typeof SAYS](first[1]), {
      also: others.map(([code]) => code), expected: msg('no failed pod'), actual: msg('{{count}} for the most frequent reason', { count: first[1] }), rows,
    })
    : info('unexplained', msg('No failed pod carries a reason that Prometheus knows. The sample below tells more.'), { rows });
};

/** Why they failed, as far as Prometheus knows: it counts all of them, but knows few reasons. */
export const launcherReasons = step({
  id: 'launcher-reasons',
  asks: msg('Which reasons does Prometheus know, over all of them?'),
  why: msg('Prometheus counts every pod but knows few reasons; the sample below knows every reason but not every pod.'),
  reads: {
    pods: metric(query(`count by (reason) ((kube_pod_status_reason{pod=~"virt-launcher-.*"} == 1) * on (namespace, pod) group_left () (${FAILED} == 1))`)),
    // Of a pod that is not restarted the end is the current state, not the last one. OpenShift keeps this series and drops the one without reason:
    // openshift/cluster-monitoring-operator `assets/kube-state-metrics/deployment.yaml`, --metric-denylist.
    containers: metric(query(`count by (container, reason) ((kube_pod_container_status_terminated_reason{pod=~"virt-launcher-.*"} == 1) * on (namespace, pod) group_left () (${FAILED} == 1))`)),
    failed: metric(query(`count(${FAILED} == 1)`), query(FAILED)),
  },
  reasons: REASONS,
  check: ({ pods, containers, failed }) => (failed.items.length === 0 && failed.missing.length === 0
    ? pass('none', msg('No virt-launcher pod is in phase Failed.'), { expected: msg('none'), actual: msg('none') })
    : about([...pods.items, ...containers.items])),
});
