import fc from 'fast-check';
import { refusal, says, scripted } from '../testing/scripted';
import { cause } from './cause';
import { createClock } from './clock';
import { type Diagnosis, createDiagnosis } from './diagnosis';
import { drive } from './drive';
import { fail, info, pass, warn } from './finding';
import { label, text } from './late';
import { msg } from './message';
import { type Mitigation, execute, manual } from './mitigation';
import { targetOf } from './operation';
import { createReader } from './reader';
import { type Runbook, defineRunbook } from './runbook';
import { type Kind, each, promql } from './source';
import { ask, step } from './step';
import { type Reply } from './transport';
import { undertake } from './undertaking';

/**
 * What must hold whatever comes back: a runbook of every kind of step, and a cluster of which any part may fail in any way.
 */
interface Named { readonly metadata: { readonly name: string } }
const kind = (name: string, group = ''): Kind<Named> => ({ kind: name, plural: `${name.toLowerCase()}s`, group, versions: ['v1'], namespaced: true });
const Pod = kind('Pod');
const Deployment = kind('Deployment', 'apps');
const NOW = 1_763_719_200_000;

const deployment = step({
  id: 'deployment', asks: msg('?'), reads: { deployment: { kind: 'object', of: Deployment, in: 'red', name: 'a', part: 'full' } }, reasons: ['gone', 'there'],
  check: ({ deployment: { items } }) => (items.length > 0 ? pass('there', msg('.')) : fail('gone', msg('.'))),
});
const pods = step({
  id: 'pods', asks: msg('?'), reads: { pods: { kind: 'list', of: Pod, in: 'red', part: 'full', atMost: 400, labels: text`app=${'a'}` } }, reasons: ['none', 'all'],
  check: ({ pods: { items } }) => (items.length === 0 ? pass('none', msg('.')) : warn('all', msg('.'))), out: { names: ({ pods: { items } }) => items.map(({ metadata }) => metadata.name) },
});
const logs = step({
  id: 'logs', asks: msg('?'), reads: { logs: each(pods.out.names, { atMost: 2 }, (name) => ({ kind: 'log', in: 'red', pod: name, tail: 10 })) }, reasons: ['quiet', 'loud'],
  check: ({ logs: { items } }) => (items.length === 0 ? pass('quiet', msg('.')) : fail('loud', msg('.'))),
});
const metric = step({
  id: 'metric', asks: msg('?'), reads: { up: { kind: 'metrics', query: promql`up`, freshBy: promql`up` } }, reasons: ['up', 'down'],
  check: ({ up: { items } }) => (items[0]?.points[0]?.[1] === 1 ? pass('up', msg('.')) : info('down', msg('.'))),
});
const subject = step({
  id: 'subject', asks: msg('?'), reads: { subject: { kind: 'object', of: Pod, in: label('namespace'), name: label('pod'), part: 'full' } }, reasons: ['gone', 'there'],
  check: ({ subject: { absent } }) => (absent ? info('gone', msg('.')) : pass('there', msg('.'))),
});
const both = step({
  id: 'both', asks: msg('?'), reads: { deployment: deployment.reads['deployment'] as never, pods: { kind: 'list', of: Pod, in: 'all namespaces', part: 'metadata', atMost: 10 } }, optional: ['deployment'], reasons: ['fine'],
  check: () => pass('fine', msg('.')),
});
const shell = ask({ id: 'shell', asks: msg('?'), lookFor: msg('.'), commands: [], answers: [{ reason: 'bad', label: msg('.'), outcome: 'fail', says: msg('.') }] });
const STEPS = [deployment, pods, logs, metric, subject, both, shell];

const base = { title: msg('.'), summary: msg('.'), risk: 'low', vms: msg('.'), undo: msg('.') } as const;
const doIt = execute({
  ...base, id: 'do', reads: { pods: pods.reads['pods'] as never, deployment: deployment.reads['deployment'] as never },
  plan: () => ({ sentence: msg('.'), operations: [{ id: 'delete', verb: 'delete', target: targetOf(Deployment, { metadata: { name: 'a', namespace: 'red', uid: 'u', resourceVersion: '1' } }) }], effects: [], vmsAffected: msg('.'), confirm: { kind: 'button' }, verify: [], undo: { possible: false, says: msg('.') } }),
});
const wait: Mitigation = manual({ ...base, id: 'wait', todo: [] });

/** Each of these confirms a cause of its own: whatever is found would show. */
const FINDINGS = [deployment.is('gone'), pods.is('all'), logs.is('loud'), metric.is('down'), subject.is('gone'), shell.is('bad')];

const book: Runbook = defineRunbook({
  alert: 'Down', group: 'virt-operator', scope: 'platform', severities: ['critical'], identity: ['namespace'], summary: msg('.'), meaning: msg('.'), impact: msg('.'), ifIgnored: msg('.'),
  forms: [{ id: 'now', expr: 'up == 0', for: 0, releases: '' }], source: { url: '', revision: '', date: '', releases: '' }, diagnosis: STEPS,
  causes: FINDINGS.map((confirmedBy) => cause({ id: `${confirmedBy[0]?.step}-${confirmedBy[0]?.reason}`, says: msg('.'), confirmedBy, mitigations: [doIt, wait] })),
});

const FAILED: readonly Reply[] = [
  refusal(401, 'Unauthorized', 'no'), refusal(403, 'Forbidden', 'no'), refusal(429, 'TooManyRequests', 'no'), refusal(500, 'InternalError', 'no'), says(502, '<html>'), refusal(503, 'ServiceUnavailable', 'no'), refusal(504, 'Timeout', 'no'), refusal(400, 'BadRequest', 'no'),
  says(200, '<html>'), says(200, ''), says(200, 'null'), says(200, '{"items":[{'), says(200, '{"items":{}}'), says(200, { data: { groups: [null] } }), says(302, ''), says(413, ''), refusal(410, 'Expired', 'no'),
  { state: 'failed', reason: 'timedOut' }, { state: 'failed', reason: 'unreachable' }, { state: 'failed', reason: 'tooLarge' }, { state: 'failed', reason: 'notConfigured' },
];

/** A cluster in which nothing is wrong. */
const healthy = (path: string): Reply => {
  if (path.startsWith('/api/v1/rules')) return says(200, { status: 'success', data: { groups: [{ rules: [{ type: 'alerting', name: 'Down', query: 'up == 0', duration: 0, health: 'ok', labels: {}, alerts: [{ labels: { namespace: 'red', pod: 'a' }, state: 'firing', activeAt: '2025-11-21T09:00:00Z' }] }] }] } });
  if (path.startsWith('/api/v1/query')) return says(200, { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: [NOW / 1000, path.includes('timestamp') ? String(NOW / 1000) : '1'] }] } });
  if (path.includes('/log?')) return says(200, '');
  if (path.includes('?')) return says(200, { items: [], metadata: {} });
  return says(200, { metadata: { name: 'a', uid: 'u', resourceVersion: '1' } });
};

const diagnose = async (answer: (path: string) => Reply, labels: Readonly<Record<string, string>> = {}): Promise<{ diagnosis: Diagnosis; paths: readonly string[] }> => {
  const clock = createClock(() => NOW);
  const diagnosis = createDiagnosis(book, labels, clock.now);
  const door = scripted(({ path }) => answer(path));
  const leaving = new AbortController();
  const reader = createReader(door, clock);
  undertake(diagnosis, doIt, { reader, sender: { send: async () => ({ state: 'unknown', words: '' }) }, signal: leaving.signal });
  await drive(diagnosis, reader, leaving.signal).settled();
  return { diagnosis, paths: door.paths() };
};
const undertaken = (diagnosis: Diagnosis) => undertake(diagnosis, doIt, { reader: { read: async () => ({ state: 'absent', readAt: NOW }) }, sender: { send: async () => ({ state: 'unknown', words: '' }) }, signal: new AbortController().signal }).state();

const anyFailure = fc.constantFrom(...FAILED);
const anyLabels = fc.dictionary(fc.constantFrom('namespace', 'pod', 'severity', 'x'), fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('red', '..', 'a/b', 'all namespaces', 'the cluster', '')));
const TIMES = { numRuns: 100 };

describe('with nothing failing', () => {
  it('all of it passes, and the plan is made', async () => {
    const { diagnosis } = await diagnose(healthy);
    const { steps, answer } = diagnosis.report();
    expect(Object.fromEntries(steps.map(({ step: id, outcome }) => [id, outcome]))).toEqual({ deployment: 'pass', pods: 'pass', logs: 'pass', metric: 'pass', subject: 'pass', both: 'pass', shell: 'info' });
    expect(answer.form).toBe('nothingFoundFiring');
    expect(undertaken(diagnosis).phase).toBe('planned');
  });
});

describe('whatever fails', () => {
  it('everything: nothing passes, no cause is confirmed or refuted, nothing is supported, no plan is made', async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyFailure, { minLength: 1, maxLength: 12 }), anyLabels, async (failures, labels) => {
      let next = 0;
      const { diagnosis } = await diagnose(() => failures[(next += 1) % failures.length] as Reply, labels);
      const report = diagnosis.report();
      expect(report.steps.filter(({ kind: of }) => of === 'read').map(({ outcome }) => outcome)).toEqual(STEPS.slice(0, -1).map(() => 'unknown'));
      expect(new Set(report.causes.map(({ verdict }) => verdict))).toEqual(new Set(['open']));
      expect(report.mitigations.filter(({ supportedBy }) => supportedBy.length > 0)).toEqual([]);
      expect(report.answer.form).toBe('couldNotTell');
      expect(report.alert.state).toBe('unknown');
      expect(undertaken(diagnosis).phase).toBe('refused');
    }), TIMES);
  });

  it('some of it, in a cluster where nothing is wrong: nothing is found, what rests on a failed reading does not pass and refutes nothing, and all is never well', async () => {
    await fc.assert(fc.asyncProperty(fc.infiniteStream(fc.boolean()), anyFailure, async (fails, failure) => {
      const { diagnosis } = await diagnose((path) => (fails.next().value === true ? failure : healthy(path)));
      const { steps, answer, alert, causes, mitigations } = diagnosis.report();
      expect(causes.filter(({ verdict }) => verdict === 'confirmed' || verdict === 'supported')).toEqual([]);
      expect(mitigations.filter(({ supportedBy }) => supportedBy.length > 0)).toEqual([]);
      const byId = Object.fromEntries(steps.map((one) => [one.step, one]));
      const broken = steps.filter(({ missing, step: id }) => id !== 'both' && missing.length > 0);
      expect(broken.filter(({ outcome }) => outcome === 'pass' || outcome === 'notApplicable')).toEqual([]);
      expect(causes.filter(({ verdict, against }) => verdict === 'refuted' && against.some((id) => byId[id]?.complete !== true))).toEqual([]);
      const whole = broken.length === 0 && byId['both']?.outcome === 'pass' && alert.state === 'firing';
      expect(answer.form).toBe(whole ? 'nothingFoundFiring' : 'couldNotTell');
    }), TIMES);
  });

  it('is told: every step that is unknown names what is missing, itself or by the step that it rests on', async () => {
    await fc.assert(fc.asyncProperty(fc.infiniteStream(fc.boolean()), anyFailure, async (fails, failure) => {
      const { diagnosis } = await diagnose((path) => (fails.next().value === true ? failure : healthy(path)));
      const { steps, alert } = diagnosis.report();
      for (const one of steps.filter(({ outcome }) => outcome === 'unknown')) {
        expect([...one.missing, ...alert.missing, ...steps.flatMap(({ missing }) => missing)].length).toBeGreaterThan(0);
        expect(one.says?.text ?? '').not.toBe('');
      }
    }), TIMES);
  });
});

describe('whatever the labels say', () => {
  it('no request leaves the namespace and the object that they name', async () => {
    await fc.assert(fc.asyncProperty(anyLabels, async (labels) => {
      const { paths } = await diagnose((path) => (path.startsWith('/api/v1/rules') ? says(200, { data: { groups: [] } }) : healthy(path)), labels);
      const ours = /^\/(api\/v1\/(query|rules|pods\?|namespaces\/red\/pods\?)|apis\/apps\/v1\/namespaces\/red\/deployments\/a$)/;
      for (const path of paths.filter((one) => !ours.test(one))) {
        const { pathname, search, hash } = new URL(path, 'http://x');
        expect({ search, hash, parts: decodeURI(pathname).split('/').length }).toEqual({ search: '', hash: '', parts: 7 });
        expect(pathname.split('/').slice(1).map(decodeURIComponent)).toEqual(['api', 'v1', 'namespaces', labels['namespace'], 'pods', labels['pod']]);
      }
    }), { numRuns: 300 });
  });
});

describe('a report', () => {
  it('is no larger for all that a server may say', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 20 }), async (word) => {
      const long = word.repeat(10_000);
      const { diagnosis } = await diagnose((path) => (path.includes('?') || path.startsWith('/apis') ? refusal(500, 'InternalError', long) : healthy(path)));
      expect(JSON.stringify(diagnosis.report()).length).toBeLessThan(60_000);
    }), { numRuns: 30 });
  });
});
