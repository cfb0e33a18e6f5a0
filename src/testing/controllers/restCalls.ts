import { admit } from '../api/admission';
import { type Attributes, mayServiceAccount, refusal } from '../api/rights';
import { ApiError } from '../api/status';
import { INSTALL_NAMESPACE } from '../builders/names';
import type { Cluster } from '../cluster';
import type { Pod } from '../objects';
import type { CallKind } from '../restCalls';
import { isCutOff, isStranger } from './leaseWrites';
import { klogLine, virtLine } from './startupLog';

interface Call extends CallKind {
  readonly group: string;
  /** The kind whose admission a write passes. */
  readonly kind?: string;
  readonly perSecond: number;
  /** In the namespace of the pod alone. */
  readonly own?: true;
  /** Made by the leader alone, or by those that wait. */
  readonly by?: 'leader' | 'others';
}

/** A watch is made anew every five to ten minutes (client-go, minWatchTimeout). */
const WATCH = 0.002;
const watch = (group: string, ...resources: readonly string[]): readonly Call[] => resources.map((resource) => ({ verb: 'WATCH', group, resource, perSecond: WATCH }));

/** Who waits reads the lease every two seconds, who leads writes it (RetryPeriod of pkg/virt-controller/leaderelectionconfig). */
const LEASE: readonly Call[] = [
  { verb: 'GET', group: 'coordination.k8s.io', resource: 'leases', perSecond: 0.5, own: true, by: 'others' },
  { verb: 'UPDATE', group: 'coordination.k8s.io', resource: 'leases', perSecond: 0.5, own: true, by: 'leader' },
];

/** What the programs call when nothing happens: a few of the kinds that each of them watches, and its steady writes. */
const USUAL: Readonly<Record<string, readonly Call[]>> = {
  'virt-operator': [
    ...LEASE, ...watch('kubevirt.io', 'kubevirts'), ...watch('apiextensions.k8s.io', 'customresourcedefinitions'), ...watch('apps', 'deployments', 'daemonsets'),
    ...watch('rbac.authorization.k8s.io', 'clusterroles', 'roles'), ...watch('', 'services', 'configmaps'),
  ],
  'virt-api': [
    ...watch('kubevirt.io', 'kubevirts'),
    { verb: 'CREATE', group: 'authorization.k8s.io', resource: 'subjectaccessreviews', perSecond: 0.002 },
  ],
  'virt-controller': [
    ...LEASE, ...watch('kubevirt.io', 'virtualmachines', 'virtualmachineinstances'), ...watch('', 'pods', 'nodes'),
    { verb: 'UPDATE', group: 'kubevirt.io', resource: 'virtualmachineinstances', kind: 'VirtualMachineInstance', perSecond: 0.05, by: 'leader' },
    { verb: 'PATCH', group: 'kubevirt.io', resource: 'virtualmachines', kind: 'VirtualMachine', perSecond: 0.02, by: 'leader' },
  ],
  'virt-handler': [
    ...watch('kubevirt.io', 'virtualmachineinstances'), ...watch('', 'nodes'),
    // The heartbeat: once in 60 to 132 seconds (pkg/virt-handler/heartbeat/heartbeat.go).
    { verb: 'PATCH', group: '', resource: 'nodes', kind: 'Node', perSecond: 0.0105 },
    { verb: 'UPDATE', group: 'kubevirt.io', resource: 'virtualmachineinstances', kind: 'VirtualMachineInstance', perSecond: 0.03 },
  ],
};

interface Answer {
  readonly code: string;
  /** Why it is no success, in the API server's words. */
  readonly words?: string;
}

const WRITES: Readonly<Record<string, 'CREATE' | 'UPDATE'>> = { CREATE: 'CREATE', UPDATE: 'UPDATE', PATCH: 'UPDATE' };
const accountOf = ({ metadata: { namespace = '' }, spec }: Pod): { namespace: string; name: string } => ({ namespace, name: spec.serviceAccountName ?? 'default' });

/** What admission says to a write of the first object of that kind. */
function admissionOf(cluster: Cluster, { kind, verb }: Call): Answer | undefined {
  const operation = WRITES[verb];
  const [object] = kind === undefined ? [] : cluster.list(kind);
  if (operation === undefined || object === undefined) return undefined;
  try {
    admit(cluster, { operation, object });
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return { code: String(error.code), words: error.message };
    throw error;
  }
}

/** What the API server answers, read from the world: network, account, rights, webhooks, in this order. */
function answerTo(cluster: Cluster, pod: Pod, call: Call): Answer {
  if (isCutOff(cluster, pod)) return { code: '<error>', words: 'dial tcp 172.30.0.1:443: i/o timeout' };
  if (isStranger(cluster, pod)) return { code: '401', words: 'Unauthorized' };
  const account = accountOf(pod);
  const attributes: Attributes = { verb: call.verb.toLowerCase(), group: call.group, resource: call.resource, ...(call.own ? { namespace: account.namespace } : {}) };
  if (!mayServiceAccount(cluster, account, attributes)) {
    const named = call.group === '' ? call.resource : `${call.resource}.${call.group}`;
    return { code: '403', words: `${named} is forbidden: ${refusal(`system:serviceaccount:${account.namespace}:${account.name}`, attributes)}` };
  }
  return admissionOf(cluster, call) ?? { code: call.verb === 'CREATE' ? '201' : '200' };
}

/** A program repeats itself in its log about so often, in seconds. */
const SAID_EVERY = 60;

/** Writes down why a call failed, as client-go's reflector or the loops of KubeVirt do. Elections write their own lines. */
function complain(cluster: Cluster, component: string, pod: Pod, { verb, resource }: CallKind, words: string): void {
  if (resource === 'leases') return;
  const log = { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container: component };
  const now = cluster.now();
  const escaped = words.replaceAll('"', '\\"');
  const last = cluster.logs.read(log).findLast(({ text }) => text.includes(escaped));
  if (last && now.getTime() - last.at.getTime() < SAID_EVERY * 1000) return;
  if (verb === 'WATCH') {
    cluster.logs.write(log, [klogLine('E', `"Failed to watch" err="failed to list ${resource}: ${escaped}" logger="UnhandledError" reflector="pkg/controller/virtinformers.go:383"`, 'reflector.go:205', now)]);
    return;
  }
  const heartbeat = resource === 'nodes';
  const line = JSON.parse(virtLine(component, heartbeat ? 'error' : 'info', heartbeat ? `Can't patch node ${pod.spec.nodeName ?? ''}` : `re-enqueuing ${resource}`, heartbeat ? 'heartbeat.go:168' : 'vm.go:297', now)) as Record<string, string>;
  cluster.logs.write(log, [JSON.stringify({ ...line, reason: words })]);
}

const isMade = (cluster: Cluster, component: string, pod: Pod, by: Call['by']): boolean =>
  by === undefined || (cluster.get('Lease', pod.metadata.namespace, component)?.spec.holderIdentity === pod.metadata.name) === (by === 'leader');

function callsOf(cluster: Cluster, component: string, pod: Pod): readonly Call[] {
  const usual = (USUAL[component] ?? []).filter(({ by }) => isMade(cluster, component, pod, by));
  const extras = cluster.calls.extrasOf(component, pod.metadata.name)
    .filter(({ verb, resource }) => !(USUAL[component] ?? []).some((call) => call.verb === verb && call.resource === resource));
  return [...usual, ...extras.map((extra) => ({ ...extra, group: 'kubevirt.io', perSecond: 0 }))];
}

/** Lets the programs make the calls of the time that has passed, and counts what the API server answered. */
export function callApiServer(cluster: Cluster): void {
  const now = cluster.now().getTime();
  for (const pod of cluster.list('Pod', INSTALL_NAMESPACE)) {
    const component = pod.metadata.labels?.['kubevirt.io'] ?? '';
    if (USUAL[component] === undefined || !pod.status.containerStatuses?.some(({ state }) => state.running)) continue;
    const { name, uid = '' } = pod.metadata;
    const seconds = cluster.calls.secondsUntil(uid, now, new Date(pod.status.startTime ?? now).getTime());
    if (seconds === 0) continue;
    for (const call of callsOf(cluster, component, pod)) {
      const { code, words, perSecond, times = 1 } = cluster.calls.faultOf(component, name, call) ?? {};
      const answer = code === undefined ? answerTo(cluster, pod, call) : { code, words };
      cluster.calls.add(uid, { verb: call.verb, resource: call.resource, code: answer.code, count: seconds * (perSecond ?? call.perSecond * times) });
      if (answer.words !== undefined) complain(cluster, component, pod, call, answer.words);
    }
  }
}
