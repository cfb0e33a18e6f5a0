import { type Table } from './table';

/** What of the control plane is real, what is only told. */
interface Reality {
  what: string;
  how: 'real' | 'simulated' | 'absent';
  by: string;
}

/** The one place that says so. */
const REALITY: readonly Reality[] = [
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
  { what: 'OLM, HCO and the other APIs of OpenShift, CDI, SSP, node exporter, cAdvisor', how: 'absent', by: 'what needs them says that it cannot look' },
];

/** The same as a table. */
export const REALITY_TABLE: Table = {
  title: 'What is real, and what is simulated',
  intro: '`make control-plane` starts it for a person, `make test-control-plane` runs the specs against it. There are no machines behind it: what only a machine can do is told to the API server, and called simulated here.',
  columns: ['', 'What', 'By'],
  rows: REALITY.map(({ what, how, by }) => [how, what, by]),
};
