/** What of the control plane is real, what is only told. */
export interface Reality {
  what: string;
  how: 'real' | 'simulated';
  by: string;
}

/** The one place that says so: the tests print it, and docs/testing.md is made of it. */
export const REALITY: readonly Reality[] = [
  { what: 'Storage, API, validation, RBAC, quotas, priority classes, webhook calls, audit', how: 'real', by: 'etcd 3.6.5, kube-apiserver 1.35.4' },
  { what: 'Deployments, DaemonSets, Jobs, garbage collection, namespaces, service accounts, endpoints', how: 'real', by: 'kube-controller-manager 1.35.4' },
  { what: 'Scheduling', how: 'real', by: 'kube-scheduler 1.35.4' },
  { what: 'virt-operator, virt-controller, virt-api: install, webhooks, leases, elections, logs, metrics, crashes', how: 'real', by: 'KubeVirt 1.8.4, one process per pod' },
  { what: 'Liveness and readiness probes, restarts and back-off, secrets, service account tokens, previous logs', how: 'real', by: 'pod-agent, in place of the kubelet' },
  { what: 'Metrics of objects, rules, alerts', how: 'real', by: 'kube-state-metrics 2.15.0 and Prometheus, with the rules that virt-operator wrote and a shortened `for`' },
  { what: 'Nodes: heartbeats, leases, room', how: 'simulated', by: 'kwok 0.7.0' },
  { what: 'Image pulls: an image exists if its name matches; nothing is fetched', how: 'simulated', by: 'pod-agent' },
  { what: 'Init containers, mounts outside /etc and /run, limits, OOM kills, evictions, the pod network', how: 'simulated', by: 'pod-agent' },
  { what: 'virt-handler: heartbeat of its node, phases of VM instances, one metric', how: 'simulated', by: 'a stand-in' },
  { what: 'virt-launcher and every other pod: their phases, how they failed, and their logs', how: 'simulated', by: 'kwok, or the test itself' },
];

/** The table as lines of text. */
export const realityLines = (): readonly string[] => REALITY.map(({ what, how, by }) => `${how.padEnd(9)}  ${what} (${by})`);
