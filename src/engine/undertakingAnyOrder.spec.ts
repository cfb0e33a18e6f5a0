import fc from 'fast-check';
import { Deployment, NOW, type Thing, planFor, running, thing } from '../testing/undertaken';
import { createDiagnosis } from './diagnosis';
import { drive } from './drive';
import { msg } from './message';
import { execute } from './mitigation';
import { type Observation } from './observation';
import { type Operation, type Plan, targetOf } from './operation';
import { type Reader } from './reader';
import { type MitigationRecord, endOf } from './record';
import { defineRunbook } from './runbook';
import { type Sent, type Write, writeOf } from './send';
import { type ListSource } from './source';
import { isRunnable, undertake } from './undertaking';

// Everything that a person, a second one, the server and the network can do, in any order in time, over several objects.
const THINGS = 5;
const FROM = 0;
const TO = 2;
const names = Array.from({ length: THINGS }, (_, place) => `t${place}`);
const list: ListSource<Thing> = { kind: 'list', of: Deployment, in: 'red', part: 'full', atMost: 50 };

const book = defineRunbook({
  alert: 'Down', group: 'virt-operator', scope: 'platform', severities: ['critical'], summary: msg('.'), meaning: msg('.'), impact: msg('.'), ifIgnored: msg('.'),
  forms: [], diagnosis: [], causes: [], source: { url: '', revision: '', date: '', releases: '' },
});

const set = (of: Thing, id: string, from: number, to: number, rest: object = {}): Operation => ({
  id, verb: 'patch', target: targetOf(Deployment, of), expects: { '/spec/replicas': from }, ...rest,
  patch: [{ op: 'test', path: '/spec/replicas', value: from }, { op: 'replace', path: '/spec/replicas', value: to }],
});
const remove = (of: Thing, id: string): Operation => ({ id, verb: 'delete', target: targetOf(Deployment, of) });

type Form = 'patches' | 'deletions' | 'inOrder';
const planOf = (form: Form, items: readonly Thing[]): Plan => {
  const [first, ...rest] = items;
  const base = planFor(first ?? thing(), { verify: [running] });
  return {
    ...base, ...(form === 'inOrder' ? { pace: 'inOrder' as const } : {}),
    operations: [first ?? thing(), ...rest].map((of) => (form === 'deletions' ? remove(of, of.metadata.name) : set(of, of.metadata.name, FROM, TO))),
    undo: form === 'deletions' ? { possible: false, says: msg('.') }
      : { possible: true, says: msg('.'), operations: items.map((of) => set({ ...of, spec: { replicas: TO } }, `${of.metadata.name}-back`, TO, FROM, { undoes: of.metadata.name })) },
  };
};

const nameIn = ({ path }: Write): string => path.split('?')[0]?.split('/').at(-1) ?? '';
const isDry = ({ path, body }: Write): boolean => path.endsWith('dryRun=All') || JSON.stringify(body).includes('dryRun');

/** What the server makes of a write: it holds it against what stands there, as a real one does. */
const serve = (objects: Map<string, Thing>, write: Write, dry: boolean): Sent => {
  const found = objects.get(nameIn(write));
  if (!found) return { state: 'rejected', status: 404, words: 'not found' };
  const { metadata, spec } = found;
  if (write.method === 'DELETE') {
    const { preconditions: { uid, resourceVersion } } = write.body as { preconditions: { uid: string; resourceVersion?: string } };
    if (uid !== metadata.uid || (resourceVersion ?? metadata.resourceVersion) !== metadata.resourceVersion) return { state: 'rejected', status: 409, words: 'conflict' };
    if (!dry) objects.delete(metadata.name);
    return { state: 'accepted', object: {} };
  }
  const steps = write.body as readonly { op: string; path: string; value: unknown }[];
  const stands: Readonly<Record<string, unknown>> = { '/metadata/uid': metadata.uid, '/metadata/resourceVersion': metadata.resourceVersion, '/spec/replicas': spec.replicas };
  if (steps.some(({ op, path, value }) => op === 'test' && stands[path] !== value)) return { state: 'rejected', status: 422, words: 'invalid' };
  const replicas = steps.find(({ op }) => op === 'replace')?.value as number;
  if (!dry) objects.set(metadata.name, { metadata: { ...metadata, resourceVersion: `${Number(metadata.resourceVersion) + 1}` }, spec: { replicas } });
  return { state: 'accepted', object: {} };
};

/** What may happen, and how often beside the others. */
const DEEDS = { preview: 7, run: 7, undo: 4, stop: 2, startOver: 2, touch: 1, recreate: 1, lookAgain: 2, loseRights: 1, leave: 1, nothing: 3 };
type Deed = keyof typeof DEEDS;
const anyDeed = fc.constantFrom(...Object.entries(DEEDS).flatMap(([deed, often]) => Array.from({ length: often }, () => deed as Deed)));
/** Answers that come before the next thing happens: none, a few, or all that is under way. */
const anyTurns = fc.constantFrom(0, 1, 2, 4, 8, 16, 40, 80, 80);
type Fate = 'answered' | 'refused' | 'lost' | 'answerLost';

it('in any order of what people, the server and the network do: nothing is sent twice, nothing that was not confirmed, and what is said of it is true', async () => {
  const deeds = fc.array(fc.tuple(anyDeed, anyTurns, fc.nat({ max: THINGS - 1 })), { minLength: 6, maxLength: 24 });
  const fates = fc.array(fc.constantFrom<Fate>('answered', 'answered', 'answered', 'answered', 'answered', 'answered', 'refused', 'lost', 'answerLost'), { minLength: 60, maxLength: 60 });
  let ran = 0;
  await fc.assert(fc.asyncProperty(fc.scheduler(), fc.constantFrom<Form>('patches', 'deletions', 'inOrder'), deeds, fates, async (scheduler, form, happens, fate) => {
    const objects = new Map(names.map((name): [string, Thing] => [name, { metadata: { ...thing().metadata, name, uid: `u-${name}` }, spec: { replicas: FROM } }]));
    let now = NOW;
    let may = true;
    let writes = 0;
    /** Of the run that is under way or was the last: what was confirmed, what was sent of it, and what the server took. */
    let confirmed: { readonly plan: Plan; readonly allowed: ReadonlySet<string>; readonly sent: string[]; readonly taken: Set<string>; isStopped: boolean } | undefined;
    let underWay = 0;

    const seen = (): Partial<Observation> => ({ state: 'ok', complete: true, readAt: now });
    const readNow = (source: Parameters<Reader['read']>[0]): Observation => {
      const ok = (...items: readonly unknown[]): Observation => ({ ...seen(), items }) as Observation;
      if (source.kind === 'access') return ok({ allowed: may });
      if (source.kind === 'rules') return ok({ alert: 'Down', labels: {}, annotations: {}, health: 'ok', alerts: [] });
      if (source.kind === 'list') return source.of.plural === Deployment.plural ? ok(...objects.values()) : ok();
      if (source.kind !== 'object') return ok();
      const found = objects.get(source.name as string);
      return found ? ok(found) : { state: 'absent', readAt: now };
    };
    const reader: Reader = { read: async (source, { signal }) => {
      signal.throwIfAborted();
      await scheduler.schedule(Promise.resolve());
      signal.throwIfAborted();
      return readNow(source);
    } };

    const leaving = new AbortController();
    const diagnosis = createDiagnosis(book, {}, () => now);
    const mitigation = execute({
      id: 'scale', title: msg('.'), summary: msg('.'), risk: 'low', vms: msg('.'), undo: msg('.'), reads: { all: list },
      plan: ({ all: { items } }) => (items.length > 0 ? planOf(form, items) : { refused: msg('There is none.') }),
    });
    const undertaking = undertake(diagnosis, mitigation, { reader, signal: leaving.signal, sender: { send: async (write) => {
      const dry = isDry(write);
      const text = JSON.stringify(write);
      if (!dry) {
        expect(confirmed?.isStopped).toBe(false);
        expect(confirmed?.allowed.has(text)).toBe(true);
        expect(confirmed?.sent).not.toContain(text);
        confirmed?.sent.push(text);
      }
      const mine = confirmed;
      const becomes = dry ? 'answered' : fate[(writes += 1) % fate.length];
      await scheduler.schedule(Promise.resolve());
      if (becomes === 'refused') return { state: 'rejected', status: 403, words: 'may not' };
      if (becomes === 'lost') return { state: 'unknown', words: 'timedOut' };
      const answer = serve(objects, write, dry);
      if (!dry && answer.state === 'accepted') mine?.taken.add(text);
      now += 10;
      await scheduler.schedule(Promise.resolve());
      return becomes === 'answerLost' ? { state: 'unknown', words: 'timedOut' } : answer;
    } } });
    drive(diagnosis, reader, leaving.signal, 0);
    const { state } = undertaking;

    const doIt: Readonly<Record<Deed, (which: string) => void>> = {
      preview: () => void undertaking.preview(),
      run: () => {
        const { plan } = state();
        if (isRunnable(state()) && plan) {
          ran += 1;
          confirmed = { plan, allowed: new Set(plan.operations.map((operation) => JSON.stringify(writeOf(operation, false)))), sent: [], taken: new Set(), isStopped: false };
        }
        underWay += 1;
        void undertaking.run().then(() => { underWay -= 1; });
      },
      stop: () => {
        undertaking.stop();
        if (confirmed && state().phase === 'running') confirmed.isStopped = true;
      },
      startOver: () => undertaking.startOver(),
      undo: () => void undertaking.undo(),
      touch: (which) => {
        const found = objects.get(which);
        if (found) objects.set(which, { ...found, metadata: { ...found.metadata, resourceVersion: `${Number(found.metadata.resourceVersion) + 1}` } });
      },
      recreate: (which) => { objects.set(which, { metadata: { ...thing().metadata, name: which, uid: `v-${which}-${writes}` }, spec: { replicas: FROM } }); },
      lookAgain: () => diagnosis.readAgain(),
      loseRights: () => { may = !may; },
      leave: () => {
        leaving.abort();
        if (confirmed) confirmed.isStopped = true;
      },
      nothing: () => undefined,
    };
    const moment = () => new Promise<void>((done) => setImmediate(done));
    const some = async (turns: number) => {
      for (let turn = 0; turn < turns; turn += 1) {
        await moment();
        if (scheduler.count() === 0) break;
        await scheduler.waitOne();
      }
      await moment();
      // Whatever happens beside it, what runs is what was confirmed.
      if (state().phase === 'running') expect(state().plan).toBe(confirmed?.plan);
    };

    for (const [deed, turns, which] of happens) {
      doIt[deed](names[which] ?? '');
      await some(turns);
    }
    for (let quiet = 0; quiet < 3; quiet += scheduler.count() === 0 ? 1 : 0) await some(1);

    expect(underWay).toBe(0);
    expect(state().phase).not.toBe('running');
    const record = undertaking.record();
    if (!record || !confirmed || !['stopped', 'verifying'].includes(state().phase)) return;
    expectTrue(record, confirmed);
  }), { numRuns: 250 });
  expect(ran).toBeGreaterThan(50);
}, 120_000);

/** What the record says of each write is what became of it. */
const expectTrue = (record: MitigationRecord, { plan, sent, taken }: { readonly plan: Plan; readonly sent: readonly string[]; readonly taken: ReadonlySet<string> }): void => {
  expect(record.plan.operations).toEqual(plan.operations);
  expect(record.results.map(({ operation }) => operation)).toEqual(plan.operations.map(({ id }) => id));
  for (const [place, { state }] of record.results.entries()) {
    const operation = plan.operations[place]!;
    const text = JSON.stringify(writeOf(operation, false));
    expect(state).not.toMatch(/waiting|sending/);
    expect(sent.includes(text)).toBe(state !== 'notSent' && state !== 'changed');
    // A deletion whose answer was lost is told by its target, which somebody else may have taken away.
    if (state === 'accepted' && operation.verb !== 'delete') expect(taken.has(text)).toBe(true);
    if (state === 'rejected' || state === 'notSent' || state === 'changed') expect(taken.has(text)).toBe(false);
  }
  expect(['cleared', 'done'].includes(endOf(record))).toBe(record.results.every(({ state }) => state === 'accepted'));
};
