import { type Finding, info, pass, warn } from '../engine/finding';
import { type Message, msg } from '../engine/message';
import { step } from '../engine/step';
import { type Pod } from '../sources/objects';
import { metric } from '../sources/metrics';
import { pods } from '../sources/pods';
import { LAUNCHER, podRef, query, tally, valueOf } from './launcherReadings';
import { type Judged, judge } from './podState';
import { quote } from './words';

const REASONS = ['none', 'young', 'imagePull', 'unschedulable', 'stuckStarting', 'misconfigured'] as const;
type Code = (typeof REASONS)[number];

// A VM waits for its volumes and its network while its pod is young.
const codeOf = ({ state }: Judged): Exclude<Code, 'none'> => {
  switch (state) {
    case 'imagePull': case 'unschedulable': case 'stuckStarting': return state;
    case 'configError': return 'misconfigured';
    default: return 'young';
  }
};

const SAYS: Readonly<Record<Exclude<Code, 'none' | 'young'>, Message>> = {
  imagePull: msg('they cannot pull an image'),
  unschedulable: msg('no node takes them'),
  stuckStarting: msg('they have been starting for over 5 minutes, which is the network or a volume'),
  misconfigured: msg('the kubelet cannot create their containers'),
};

const about = (judged: readonly Judged[], total: number): Finding<Code> => {
  const stuck = judged.filter((one) => codeOf(one) !== 'young');
  const [[first] = ['young' as const], ...others] = tally(stuck.map(codeOf));
  const details = {
    expected: msg('no launcher pod pending for long'),
    subjects: judged.map(({ pod }) => podRef(pod)),
    rows: [{
      of: 'table' as const,
      columns: [msg('Pod'), msg('State'), msg('Message')],
      rows: judged.map((one) => [{ object: podRef(one.pod) }, one.reason ?? one.state, one.message ? quote(one.message) : null]),
    }],
  };
  if (first === 'young') return info('young', msg('Pending launcher pods: {{count}}, none for long. VMs are starting or migrating.', { count: total }), details);
  return warn<Code>(first, msg('{{count}} of {{total}} pending launcher pods are stuck: {{why}}. Pending pods do not raise this alert; they keep VMs from starting.', {
    count: stuck.length, total, why: { message: SAYS[first] },
  }), { ...details, also: others.map(([code]) => code), actual: msg('{{count}} stuck', { count: stuck.length }) });
};

const judgedPods = (items: readonly Pod[], now: number) => items.map((pod) => judge(pod, now));

/** Are launchers pending? Image, network and volume troubles show here and not among the failed ones. */
export const launchersPending = step({
  id: 'launchers-pending',
  asks: msg('Do launcher pods wait for an image, the network or a volume?'),
  why: msg('Such pods stay in phase Pending and are never Failed, so these causes cannot raise this alert. They are asked for because the published text names them.'),
  reads: {
    pods: pods({ in: 'all namespaces', labels: LAUNCHER, fields: 'status.phase=Pending', atMost: 50 }),
    total: metric(query('sum(kube_pod_status_phase{phase="Pending",pod=~"virt-launcher-.*"})')),
  },
  optional: ['total'],
  reasons: REASONS,
  check: (read, { now }) => {
    const total = Math.max(read.pods.items.length, read.total.items[0] ? valueOf(read.total.items[0]) : 0);
    return read.pods.items.length === 0
      ? pass('none', msg('No launcher pod is pending: images, network and volumes keep none of them waiting.'), { expected: msg('none'), actual: msg('none') })
      : about(judgedPods(read.pods.items, now), total);
  },
  out: {
    /** Where to find the events of five that are stuck while starting. */
    stuck: (read, { now }) => judgedPods(read.pods.items, now).filter(({ state }) => state === 'stuckStarting').slice(0, 5)
      .map(({ pod: { metadata } }) => ({ namespace: metadata.namespace ?? '', fields: `involvedObject.kind=Pod,involvedObject.name=${metadata.name}` })),
    namespace: (read, { now }) => judgedPods(read.pods.items, now).find((one) => codeOf(one) !== 'young')?.pod.metadata.namespace,
    pod: (read, { now }) => judgedPods(read.pods.items, now).find((one) => codeOf(one) !== 'young')?.pod.metadata.name,
  },
});
