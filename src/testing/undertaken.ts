import { type Choice, type Picked } from '../engine/choice';
import { type Diagnosis, createDiagnosis } from '../engine/diagnosis';
import { drive } from '../engine/drive';
import { fail, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { execute } from '../engine/mitigation';
import { type Observation } from '../engine/observation';
import { type Operation, type Plan, type Refusal, targetOf } from '../engine/operation';
import { type Reader } from '../engine/reader';
import { defineRunbook } from '../engine/runbook';
import { type Sent, type Write } from '../engine/send';
import { type Kind, type Source } from '../engine/source';
import { type ReadStep, step } from '../engine/step';
import { undertake } from '../engine/undertaking';

/** Server time of these specs, milliseconds since 1970. */
export const NOW = 1_763_719_200_000;
/** The one object of this world. */
export interface Thing { readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string; readonly resourceVersion: string }; readonly spec: { readonly replicas: number } }
/** Its kind. */
export const Deployment: Kind<Thing> = { kind: 'Deployment', plural: 'deployments', group: 'apps', versions: ['v1'], namespaced: true };
const source = { kind: 'object', of: Deployment, in: 'red', name: 'a', part: 'full' } as const;
/** The object, as it is made out to be. */
export const thing = (resourceVersion = '1', replicas = 0, uid = 'u'): Thing => ({ metadata: { name: 'a', namespace: 'red', uid, resourceVersion }, spec: { replicas } });

/** Passes while it wants replicas. */
export const running: ReadStep<string, unknown> = step({ id: 'running', asks: msg('?'), reads: { deployment: source }, reasons: ['yes', 'no'], check: ({ deployment: { items } }) => (items[0]?.spec.replicas ? pass('yes', msg('.')) : fail('no', msg('.'))) });
const book = defineRunbook({
  alert: 'Down', group: 'virt-operator', scope: 'platform', severities: ['critical'], summary: msg('.'), meaning: msg('.'), impact: msg('.'), ifIgnored: msg('.'),
  forms: [], diagnosis: [], causes: [], source: { url: '', revision: '', date: '', releases: '' },
});

/** One write. */
export const scale = (to: number, of: Thing, id = 'scale'): Operation => ({ id, verb: 'patch', subresource: 'scale', target: targetOf(Deployment, of), patch: [{ op: 'test', path: '/spec/replicas', value: of.spec.replicas }, { op: 'replace', path: '/spec/replicas', value: to }] });
/** The plan to scale it to 2, or another one made of it. */
export const planFor = (of: Thing, rest: Partial<Plan> = {}): Plan => ({
  sentence: msg('Scale {{name}} to 2.', { name: of.metadata.resourceVersion }), operations: [scale(2, of)], effects: [], vmsAffected: msg('None.'), confirm: { kind: 'button' }, verify: [running],
  undo: { possible: true, says: msg('Scale to 0 again.'), operations: [scale(0, { ...of, spec: { replicas: 2 } }, 'undo')] }, ...rest,
});

/** What the server, the reader and Prometheus say. */
export interface World {
  /** What stands at the server; undefined: it does not exist. */
  object: Thing | undefined;
  evidence: Partial<Extract<Observation, { state: 'ok' }>>;
  reading: Observation | undefined;
  allowed: boolean | Observation;
  now: number;
  /** The evidence comes only once this is settled. */
  hold: Promise<void> | undefined;
  send: (write: Write, dryRun: boolean) => Sent | Promise<Sent>;
  firing: boolean;
  /** What stands at a source before anything else is asked; undefined: nothing special. */
  other: (source: Source) => Observation | undefined;
}

/** The answer to a write that was taken. */
export const ACCEPTED: Sent = { state: 'accepted', object: {} };
const isDry = ({ path, body }: Write) => path.endsWith('dryRun=All') || JSON.stringify(body).includes('dryRun');

/** A diagnosis that is driven over a world of one object, and a mitigation under way beside it. */
export const setUp = (changes: Partial<World> = {}, plan: (of: Thing, picked: Picked) => Plan | Refusal = (of) => planFor(of), choices: readonly Choice[] = []) => {
  const world: World = { object: thing(), evidence: {}, reading: undefined, allowed: true, now: NOW, hold: undefined, send: () => ACCEPTED, firing: false, other: () => undefined, ...changes };
  const asked: Source[] = [];
  const sent: { write: Write; dry: boolean }[] = [];
  const reader: Reader = {
    read: async (of, { signal }) => {
      signal.throwIfAborted();
      asked.push(of);
      const other = world.other(of);
      if (other) return other;
      if (of.kind === 'access') return typeof world.allowed === 'boolean' ? { state: 'ok', items: [{ allowed: world.allowed, reason: 'RBAC' }], complete: true, readAt: world.now } : world.allowed;
      if (of.kind === 'rules') return { state: 'ok', items: [{ alert: 'Down', labels: {}, annotations: {}, health: 'ok', alerts: world.firing ? [{ labels: {}, annotations: {}, state: 'firing' }] : [] }], complete: true, readAt: world.now };
      if (of.kind !== 'object') return { state: 'ok', items: [], complete: true, readAt: world.now };
      if (of.part === 'full') await world.hold;
      if (world.reading) return world.reading;
      return world.object ? { state: 'ok', items: [world.object], complete: true, readAt: world.now, ...world.evidence } : { state: 'absent', readAt: world.now };
    },
  };
  const leaving = new AbortController();
  const diagnosis: Diagnosis = createDiagnosis(book, {}, () => world.now);
  const mitigation = execute({
    id: 'scale-back', title: msg('.'), summary: msg('.'), risk: 'low', vms: msg('.'), undo: msg('.'), reads: { deployment: source },
    choices: () => choices,
    plan: ({ deployment: { items: [of] } }, _, picked) => (of ? plan(of, picked) : { refused: msg('There is none.') }),
  });
  const undertaking = undertake(diagnosis, mitigation, {
    reader, signal: leaving.signal,
    sender: { send: async (write) => { const dry = isDry(write); sent.push({ write, dry }); return world.send(write, dry); } },
  });
  const { settled } = drive(diagnosis, reader, leaving.signal);
  return { world, asked, sent, writes: () => sent.filter(({ dry }) => !dry), leaving, diagnosis, undertaking, settled, state: undertaking.state };
};
/** The same, with its evidence read. */
export const ready = async (...args: Parameters<typeof setUp>) => {
  const all = setUp(...args);
  await all.settled();
  return all;
};
/** The same, previewed. */
export const previewed = async (...args: Parameters<typeof setUp>) => {
  const all = await ready(...args);
  await all.undertaking.preview();
  return all;
};
/** Lets whatever can go on go on. */
export const ticks = async () => { for (let i = 0; i < 10; i += 1) await new Promise((done) => setImmediate(done)); };
