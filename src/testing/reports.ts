import { type CauseReport, type MitigationReport, type Outcome, type Permission, type Report, type StepReport, OUTCOMES, msg } from '../engine';

/** Server time of the reports below. */
export const REPORTED_AT = '2026-11-21T10:00:00.000Z';

const NAMESPACE = 'openshift-cnv';
const READ_PODS: Permission = { verb: 'list', group: '', resource: 'pods', namespace: NAMESPACE };
const READ_LOGS: Permission = { verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: NAMESPACE };

/** A step of a report: done and fine unless it says otherwise. */
export const stepReport = (step: string, spec: Partial<StepReport> = {}): StepReport => ({
  step, kind: 'read', asks: msg('Is {{step}} as it should be?', { step }), required: true, scope: 'platform', state: 'done', outcome: 'pass', reason: 'fine',
  also: [], subjects: [], rows: [], complete: true, missing: [], readings: [], ...spec,
});

const forbidden = (step: string, permission: Permission, spec: Partial<StepReport> = {}): StepReport =>
  stepReport(step, { outcome: 'unknown', reason: 'missing', complete: false, missing: [{ reading: step, reason: 'forbidden', permission }], ...spec });

const desired = stepReport('desired-replicas', {
  asks: msg('Is there a virt-operator Deployment, and does it want pods?'), says: msg('Yes. virt-operator wants 2 pods.'),
  expected: msg('2 pods'), actual: msg('2 pods wanted'),
});

const running = stepReport('pods-running', {
  asks: msg('Are its pods running?'), outcome: 'fail', reason: 'imagePull',
  says: msg('{{count}} pods cannot pull their image: {{words}}', { count: 2, words: 'registry.example/virt-operator@sha256:0a1b: unauthorized' }),
  why: msg('The alert counts pods that run. While none does, nothing repairs the control plane.'),
  expected: msg('2 running and ready'), actual: msg('0 of 2'),
  rows: [{
    of: 'table', columns: [msg('Pod'), msg('Node'), msg('State'), msg('Reason'), msg('Since')],
    rows: ['virt-operator-6d5f-4xk2p', 'virt-operator-6d5f-9bnqm'].map((name, i) => [
      { object: { kind: 'Pod', name, namespace: NAMESPACE } }, { object: { kind: 'Node', name: `master-${i}` } }, 'Waiting', 'ImagePullBackOff', { instant: '2026-11-21T09:38:00Z' },
    ]),
  }],
  readings: [{
    reading: 'pods', command: { language: 'shell', text: `oc get pods -n ${NAMESPACE} -l kubevirt.io=virt-operator`, open: [] },
    permission: READ_PODS, items: 2, readAt: '2026-11-21T09:59:48.000Z',
  }],
});

const logs = forbidden('previous-log', READ_LOGS, { asks: msg('What do the logs of its pods say?'), required: false });
const nodes = stepReport('nodes-healthy', { asks: msg('Is a node in trouble?'), outcome: 'notApplicable', reason: 'notStarted', says: msg('not needed: the pods never started'), required: false });
const cordoned = stepReport('drain-asked', {
  kind: 'ask', asks: msg('Does somebody keep it down on purpose?'), outcome: 'info', reason: 'notAsked', required: false,
  question: {
    lookFor: msg('A change ticket, or a colleague who works on the cluster.'),
    commands: [{ language: 'shell', text: 'oc adm top nodes', open: [] }],
    answers: [{ reason: 'onPurpose', label: msg('Yes, on purpose') }, { reason: 'nobody', label: msg('No') }],
  },
});

const cause = (id: string, spec: Partial<CauseReport>): CauseReport => ({
  cause: id, says: msg('{{id}} is the cause.', { id }), nature: 'fault', verdict: 'open', fires: 'yes', for: [], against: [], mitigations: [], ...spec,
});

const imagePull = cause('image-pull', {
  says: msg('virt-operator cannot start: its image cannot be pulled.'), verdict: 'confirmed', for: ['pods-running'], mitigations: ['correct-pull-secret', 'ask-support'],
});
const scaledToZero = cause('scaled-to-zero', { says: msg('virt-operator is scaled to 0.'), verdict: 'refuted', against: ['desired-replicas'], mitigations: ['scale-back'] });
const crashLoop = cause('crash-loop', { says: msg('virt-operator crashes again and again.'), fires: 'no', mitigations: ['ask-support'] });

const mitigation = (id: string, spec: Partial<MitigationReport>): MitigationReport => ({
  mitigation: id, mode: 'manual', title: msg('Do {{id}}', { id }), summary: msg('What it does.'), risk: 'low', vms: msg('notice nothing'), undo: msg('yes'),
  supportedBy: [], always: false, commands: [], todo: [], ...spec,
});

const correctPullSecret = mitigation('correct-pull-secret', {
  mode: 'commands', title: msg('Correct the pull secret'), summary: msg('The registry refuses the credentials of the cluster.'), supportedBy: ['image-pull'],
  commands: [{ language: 'shell', text: 'oc set data secret/pull-secret -n openshift-config --from-file=.dockerconfigjson=pull-secret.json', open: [] }],
});
const scaleBack = mitigation('scale-back', { mode: 'execute', title: msg('Scale virt-operator back'), summary: msg('Sets the replicas that its package records.') });
const support = mitigation('ask-support', { mode: 'support', title: msg('Open a support case'), always: true, risk: 'none' });

/** The outcomes of steps, counted as the engine counts them. */
const countsOf = (steps: readonly StepReport[]): Report['counts'] => ({
  ...(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, steps.filter((step) => step.outcome === outcome).length])) as Record<Outcome, number>),
  steps: steps.length, waiting: steps.filter(({ state }) => state !== 'done').length,
});

/** A report of VirtOperatorDown, which fires; counts follow its steps. */
export const report = (spec: Partial<Report> = {}): Report => {
  const steps = spec.steps ?? [desired, running, logs, nodes, cordoned];
  return {
    version: 1, runbook: 'VirtOperatorDown', at: REPORTED_AT, answer: { form: 'causeFound', cause: 'image-pull' }, outcome: 'fail',
    alert: {
      name: 'VirtOperatorDown', labels: { alertname: 'VirtOperatorDown', severity: 'critical', operator_health_impact: 'critical' }, state: 'firing', missing: [],
      activeAt: '2026-11-21T09:37:00Z', annotations: { summary: 'All virt-operator servers are down.' }, causedBy: [], others: [], clearsAfter: 120,
      rule: { labels: { severity: 'critical' }, expr: 'cluster:kubevirt_virt_operator_pods_running:count == 0', for: 600, interval: 30, severity: 'critical', health: 'ok', form: 'count', releases: 'KubeVirt 1.8' },
    },
    steps, around: [], counts: countsOf(steps), causes: [imagePull, crashLoop, scaledToZero], mitigations: [correctPullSecret, support, scaleBack], ...spec,
  };
};

const notFiring = { ...report().alert, state: 'inactive' as const, labels: {}, activeAt: undefined };
const fine = [desired, stepReport('pods-running', { asks: running.asks, says: msg('All pods are running.'), actual: msg('2 of 2') })];
const refuted = [imagePull, scaledToZero].map((one): CauseReport => ({ ...one, verdict: 'refuted', for: [], against: ['pods-running'] }));
const nothing = { outcome: 'pass' as const, steps: fine, causes: refuted, mitigations: [support, { ...correctPullSecret, supportedBy: [] }, scaleBack] };

/** One report per form of the answer, and one while it is being found. */
export const REPORTS = {
  running: report({
    answer: { form: 'running' }, outcome: 'pass',
    steps: [desired, stepReport('pods-running', { asks: running.asks, state: 'reading', outcome: undefined }), stepReport('previous-log', { asks: logs.asks, state: 'waiting', outcome: undefined, waitsFor: 'pods-running' })],
    causes: [], mitigations: [],
  }),
  causeFound: report(),
  problemFound: report({ answer: { form: 'problemFound', likely: ['image-pull'], ruledOut: ['scaled-to-zero'] }, causes: [{ ...imagePull, verdict: 'supported' }, scaledToZero] }),
  nothingFoundFiring: report({ ...nothing, answer: { form: 'nothingFoundFiring', ruledOut: ['image-pull', 'scaled-to-zero'] } }),
  nothingFoundNotFiring: report({ ...nothing, answer: { form: 'nothingFoundNotFiring' }, alert: notFiring }),
  couldNotTell: report({
    outcome: 'unknown', answer: { form: 'couldNotTell', missing: [{ reading: 'pods', reason: 'forbidden', permission: READ_PODS }] },
    steps: [forbidden('desired-replicas', { verb: 'get', group: 'apps', resource: 'deployments', namespace: NAMESPACE }, { asks: desired.asks }), forbidden('pods-running', READ_PODS, { asks: running.asks })],
    causes: [{ ...imagePull, verdict: 'open', for: [] }], mitigations: [support, scaleBack],
  }),
} as const satisfies Record<Report['answer']['form'], Report>;
