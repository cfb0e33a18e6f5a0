import { type Picked, type Series, decide, msg, permissionsOfPlan, plainText, sampleOf } from '../engine';
import { type KubeObject } from '../sources/objects';
import { launchersFailed } from '../steps/launchersFailed';
import { READ_AT, evidence, unread } from '../testing/evidence';
import { hourOf, launcherNames } from '../testing/launcherSamples';
import { effectsOf, lineOf, made, needOf, refusedWith } from '../testing/planned';
import { metadata, minutesAgo } from '../testing/samples';
import { deleteSelection } from './deleteSelection';
import { deleteFailedLaunchers } from './launcherCleanup';

const STEADY = hourOf(300, 300, 300);
const RISING = hourOf(100, 200, 300);

const decided = (items: readonly KubeObject[], picked: Picked = {}, history: Series | null = STEADY) => decide(
  deleteFailedLaunchers, { items: evidence(items), history: history ? evidence([history]) : unread('history') }, { now: READ_AT, labels: {}, inputs: {} }, picked);
const chosen = (...args: Parameters<typeof decided>): readonly string[] => made(decided(...args).plan).operations.map(({ target }) => target.name);
const optionsOf = (id: string, ...args: Parameters<typeof decided>): readonly string[] =>
  decided(...args).choices.flatMap((choice) => (choice.id === id && choice.kind !== 'number' ? choice.options.map(({ label }) => plainText(label)) : []));

/** Failed pods of one VM, the newest first: `a` 30 minutes ago, `b` 31 … */
const podsOf = (vm: string, count: number, more: Parameters<typeof launcherNames>[2] = {}): readonly KubeObject[] =>
  Array.from({ length: count }, (_, number) => launcherNames(vm, String.fromCharCode(97 + number), { ago: 30 + number, ...more }));

describe('what is sent', () => {
  it('is one deletion per object, held against uid and resourceVersion', () => {
    const [operation] = made(decided(podsOf('db', 2)).plan).operations;
    expect(operation && lineOf(operation)).toBe('DELETE /api/v1/namespaces/shop/pods/virt-launcher-db-b {"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"uid-virt-launcher-db-b","resourceVersion":"1"}}');
    expect(operation && needOf(operation)).toBe('delete pods shop virt-launcher-db-b');
  });

  it('needs a permission per namespace, and is tried on one object in each', () => {
    const plan = made(decided([...podsOf('db', 3), ...podsOf('web', 3, { namespace: 'green' })], { part: 'all of them' }).plan);
    expect(permissionsOfPlan(plan)).toEqual([{ verb: 'delete', group: '', resource: 'pods', namespace: 'shop' }, { verb: 'delete', group: '', resource: 'pods', namespace: 'green' }]);
    expect(sampleOf(plan)).toHaveLength(2);
  });

  it('says what was selected, when, and what is kept', () => {
    const { sentence, selection } = made(decided(podsOf('db', 3)).plan);
    expect(plainText(sentence)).toBe('Delete 2 failed virt-launcher pods in namespace shop.');
    expect(selection).toMatchObject({ fits: { kind: 'Pod', namespaces: ['shop'], createdBefore: '2026-11-21T10:00:00.000Z' }, errorLimit: 10 });
    expect(plainText(selection?.says ?? msg('.'))).toContain('without the newest 1 of each VM, targets of migrations apart');
  });

  it('leaves alone what is being deleted, and what is not older than the look', () => {
    const going = launcherNames('db', 'x', { ago: 99 });
    expect(chosen([...podsOf('db', 2), { metadata: { ...going.metadata, deletionTimestamp: minutesAgo(1) } }])).toEqual(['virt-launcher-db-b']);
    expect(chosen([...podsOf('db', 2), launcherNames('db', 'now', { ago: 0 })], { keep: '0' })).toEqual(['virt-launcher-db-a', 'virt-launcher-db-b']);
  });
});

describe('what is kept', () => {
  const both = [...podsOf('db', 3), ...podsOf('db', 5, { migration: 'm' }).slice(3)];

  it('is the newest of each VM, targets of migrations apart', () => {
    expect(chosen(both)).toEqual(['virt-launcher-db-b', 'virt-launcher-db-c', 'virt-launcher-db-e']);
    expect(chosen(both, { keep: '2' })).toEqual(['virt-launcher-db-c']);
    expect(chosen(both, { keep: '0' })).toHaveLength(5);
  });

  it('is nothing where each VM has but one and there are many, so that the alert can end', () => {
    const many = Array.from({ length: 210 }, (_, number) => launcherNames(`vm${number}`, 'a'));
    expect(chosen(many)).toHaveLength(210);
    expect(refusedWith(decided(many, { keep: '1' }).plan)).toContain('Keep fewer');
  });
});

describe('the choices', () => {
  const two = [...podsOf('db', 2), ...podsOf('web', 3, { namespace: 'green' })];

  it('begin with the worst namespace', () => {
    expect(optionsOf('part', two)).toEqual(['green: 3', 'shop: 2', 'All namespaces: 5']);
    expect(chosen(two, { keep: '0' })).toHaveLength(3);
    expect(chosen(two, { keep: '0', part: 'shop' })).toHaveLength(2);
    expect(chosen(two, { keep: '0', part: 'all of them' })).toHaveLength(5);
    expect(chosen(two, { keep: '0', part: 'kube-system' })).toHaveLength(3);
    expect(optionsOf('part', podsOf('db', 2))).toEqual([]);
  });

  it('keep within their bounds', () => {
    expect(decided(two, { keep: '21', failures: '101' }).picked).toMatchObject({ keep: '1', failures: '10' });
    expect(made(decided(two, { failures: '0' }).plan).selection?.errorLimit).toBe(0);
  });

  it.each<[string, readonly KubeObject[], Series | null, boolean]>([
    ['Prometheus says so', two, RISING, true],
    ['some are young', [...two, ...podsOf('new', 3, { ago: 2 })], STEADY, true],
    ['nobody can tell', two, null, true],
    ['it stands still', two, STEADY, false],
  ])('ask for the source first if the count rises, or may: %s', (_, items, history, asked) => {
    expect(decided(items, {}, history).choices.some(({ id }) => id === 'source')).toBe(asked);
    expect(refusedWith(decided(items, {}, history).plan)).toContain(asked ? 'Stop the source first' : 'planned');
    expect(refusedWith(decided(items, { source: 'insist' }, history).plan)).toBe('planned');
  });

  it('are none where there is nothing', () => {
    const nothing = decided([], {}, null);
    expect(nothing.choices).toEqual([]);
    expect(refusedWith(nothing.plan)).toContain('There are none');
  });
});

describe('before it runs', () => {
  it('saves the log of the newest that goes of each VM, of 50 VMs at most', () => {
    const { saveFirst } = made(decided([...podsOf('db', 3), ...podsOf('web', 2)], { keep: '0' }).plan);
    expect(saveFirst).toEqual({
      leftOut: 0,
      logs: ['virt-launcher-db-a', 'virt-launcher-web-a'].map((pod) => ({ kind: 'log', in: 'shop', pod, container: 'compute', tail: 200 })),
    });
    const many = Array.from({ length: 60 }, (_, number) => launcherNames(`vm${number}`, 'a'));
    expect(made(decided(many, { keep: '0' }).plan).saveFirst).toMatchObject({ logs: { length: 50 }, leftOut: 10 });
  });

  it('wants the number typed above 20', () => {
    expect(made(decided(podsOf('db', 20), { keep: '0' }).plan).confirm).toEqual({ kind: 'button' });
    expect(made(decided(podsOf('db', 21), { keep: '0' }).plan).confirm).toMatchObject({ kind: 'typed', name: '21' });
  });

  it('says whether the alert ends with it', () => {
    const many = Array.from({ length: 260 }, (_, number) => launcherNames(`vm${number}`, 'a', { namespace: number < 30 ? 'green' : 'shop' }));
    expect(effectsOf(made(decided(many, { part: 'shop' }).plan))).toContain('Then 30 are left: the alert clears');
    expect(effectsOf(made(decided(many, { part: 'green' }).plan))).toContain('Then 230 are left. The alert goes on');
  });
});

it('is quick for tens of thousands: nobody waits for a plan', () => {
  const many = Array.from({ length: 20_000 }, (_, number) => launcherNames(`vm${number % 4000}`, String(number), { ago: number % 997, namespace: `tenant-${number % 200}` }));
  const started = performance.now();
  expect(made(decided(many, { part: 'all of them', keep: '0', source: 'insist' }).plan).operations.length).toBeGreaterThan(19_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('may want an agreement, however few they are', () => {
  const agreed = deleteSelection<KubeObject>({
    id: 'x', title: msg('X'), summary: msg('.'), risk: 'medium', vms: msg('.'), undo: msg('.'), of: { kind: 'Thing', plural: 'things', group: 'x.io', versions: ['v1'], namespaced: true },
    source: { kind: 'list', of: { kind: 'Thing', plural: 'things', group: 'x.io', versions: ['v1'], namespaced: true }, in: 'shop', part: 'full', atMost: 9 },
    what: msg('things'), parts: { asks: msg('?'), of: () => '', all: msg('all'), usual: 'all' }, keep: { asks: msg('?'), groupOf: () => '', groups: msg('kind'), unit: msg('things'), most: 0 },
    trend: { source: { kind: 'metrics', query: { parts: ['x'], values: [] } }, grows: () => false, stopFirst: msg('.') }, effects: () => [], vmsAffected: msg('.'), owner: msg('.'), agreed: msg('They agree.'), verify: [launchersFailed],
  });
  const { plan } = decide(agreed, { items: evidence([{ metadata: metadata('a', { namespace: 'shop' }) }]), history: evidence() }, { now: READ_AT, labels: {}, inputs: {} }, {});
  expect(made(plan)).toMatchObject({ confirm: { kind: 'typed', name: '1' }, operations: [{ target: { apiVersion: 'x.io/v1', kind: 'Thing' } }] });
  expect(made(plan).saveFirst).toBeUndefined();
});
