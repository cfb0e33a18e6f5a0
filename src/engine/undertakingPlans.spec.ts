import { ACCEPTED, Deployment, NOW, type World, planFor, previewed, ready, running, scale, thing } from '../testing/undertaken';
import { type Choice } from './choice';
import { msg, plainText } from './message';
import { type Observation } from './observation';
import { type Operation, type Plan, targetOf, targetToBe } from './operation';
import { type MitigationRecord, endOf, recordMarkdown } from './record';
import { type Sent } from './send';
import { type Kind } from './source';
import { isRunnable } from './undertaking';

const ok = (...items: readonly unknown[]): Observation => ({ state: 'ok', items, complete: true, readAt: NOW });
const failed = (reason: 'forbidden' | 'timedOut'): Observation => ({ state: 'failed', reason, readAt: NOW });

describe('what a person decides', () => {
  const choices: readonly Choice[] = [{ id: 'to', asks: msg('How many?'), kind: 'number', least: 1, most: 5, usual: 2, unit: msg('pods') }];
  const scaled = (of: ReturnType<typeof thing>, picked: Readonly<Record<string, string>>): Plan => planFor(of, { sentence: msg('To {{to}}.', { to: picked['to'] ?? '?' }), operations: [scale(Number(picked['to']), of)] });

  it('has a value from the beginning, and makes another plan of the same evidence', async () => {
    const { state, undertaking, asked } = await ready({}, scaled, choices);
    expect(state()).toMatchObject({ picked: { to: '2' }, plan: { sentence: { holes: { to: '2' } } } });
    const before = asked.length;
    undertaking.pick('to', '4');
    expect(state()).toMatchObject({ phase: 'planned', picked: { to: '4' }, plan: { sentence: { holes: { to: '4' } } } });
    expect(asked).toHaveLength(before);
  });
  it('cannot be what is not on offer', async () => {
    const { state, undertaking } = await ready({}, scaled, choices);
    undertaking.pick('to', '500');
    undertaking.pick('other', '4');
    expect(state().picked).toEqual({ to: '2' });
  });
  it('is fixed with the plan, and free again after it', async () => {
    const { state, undertaking, writes } = await previewed({}, scaled, choices);
    undertaking.pick('to', '4');
    expect(state()).toMatchObject({ phase: 'previewed', picked: { to: '2' } });
    await undertaking.run();
    expect(writes()).toMatchObject([{ write: { body: expect.arrayContaining([{ op: 'replace', path: '/spec/replicas', value: 2 }]) } }]);
    expect(undertaking.record()).toMatchObject({ picked: { to: '2' } });
    undertaking.startOver();
    undertaking.pick('to', '3');
    expect(state().picked).toEqual({ to: '3' });
  });
});

describe('a note', () => {
  it('is left only if somebody wants it, after the deed, with a permission of its own', async () => {
    const { state, undertaking, writes } = await ready({ other: (source) => (source.kind === 'object' && source.of.kind === 'Event' ? { state: 'absent', readAt: NOW } : undefined) });
    expect(state().notes).toBe('notLeft');
    undertaking.leaveNotes(true);
    expect(state()).toMatchObject({ notes: 'left', plan: { operations: [{ id: 'scale' }, { verb: 'create' }] } });
    await undertaking.preview();
    expect(state().permissions.map(({ permission: { verb, resource } }) => `${verb} ${resource}`)).toEqual(['patch deployments', 'create events']);
    undertaking.leaveNotes(false);
    await undertaking.run();
    expect(writes().map(({ write: { method } }) => method)).toEqual(['PATCH', 'POST']);
    expect(state().notes).toBe('left');
  });
});

describe('webhooks on the way', () => {
  const configuration = { metadata: { name: 'w' }, webhooks: [{ name: 'deployments.example.com', failurePolicy: 'Fail', rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments/scale'] }] }] };
  const with_ = (seen: Observation): Partial<World> => ({ other: (source) => (source.kind === 'list' && source.of.group === 'admissionregistration.k8s.io' ? seen : undefined) });
  it('are named', async () => expect((await previewed(with_(ok(configuration)))).state().webhooks).toEqual([
    { name: 'deployments.example.com', mustAnswer: true }, { name: 'deployments.example.com', mustAnswer: true },
  ]));
  it('are not known where they may not be read, which keeps nothing from being done', async () => {
    const { state } = await previewed(with_(failed('forbidden')));
    expect(state().webhooks).toBeUndefined();
    expect(isRunnable(state())).toBe(true);
  });
});

describe('what the server adds', () => {
  const patch = (of: ReturnType<typeof thing>): Plan => planFor(of, { operations: [{ id: 'p', verb: 'patch', target: targetOf(Deployment, of), patch: [{ op: 'replace', path: '/spec/replicas', value: 2 }] }] });
  it('is said beside what was asked for', async () => {
    const { state } = await previewed({ send: () => ({ state: 'accepted', object: { ...thing('1', 2), spec: { replicas: 2, paused: true } } }) }, patch);
    expect(state().previews).toMatchObject([{ preview: { outcome: 'accepted', changes: [{ path: '/spec/replicas', to: 2 }], also: [{ path: '/spec/paused', from: undefined, to: true }] } }]);
  });
});

describe('a call of a subresource', () => {
  const restart = (of: ReturnType<typeof thing>): Plan => planFor(of, { operations: [{ id: 'call', verb: 'call', subresource: 'restart', target: targetOf({ ...Deployment, group: 'kubevirt.io' }, of), expects: { '/spec/replicas': 0, '/status': undefined } }] });
  it('is tried with the dry run in its body, and sent without', async () => {
    const { sent, undertaking } = await previewed({}, restart);
    await undertaking.run();
    expect(sent.map(({ write: { method, path, body } }) => [method, path, body])).toEqual([
      ['PUT', '/apis/subresources.kubevirt.io/v1/namespaces/red/deployments/a/restart', { dryRun: ['All'] }],
      ['PUT', '/apis/subresources.kubevirt.io/v1/namespaces/red/deployments/a/restart', {}],
    ]);
  });
  it('goes on though the object was written to elsewhere', async () => {
    const { undertaking, world, state } = await previewed({}, restart);
    world.object = thing('99', 0);
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'verifying', results: [{ state: 'accepted' }] });
  });
  it('is not made if what it rests on has changed', async () => {
    const { undertaking, world, state, writes } = await previewed({}, restart);
    world.object = thing('2', 3);
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'stopped', results: [{ state: 'changed', words: 'It was changed: /spec/replicas is 3.' }] });
    expect(writes()).toEqual([]);
  });
  it('without an answer stays unknown', async () => {
    const { undertaking, state } = await previewed({ send: (_, dry) => (dry ? ACCEPTED : { state: 'unknown', words: 'timedOut' }) }, restart);
    await undertaking.run();
    expect(state().results).toMatchObject([{ state: 'unknown', words: 'timedOut. Read again: it is as it was.' }]);
  });
});

describe('a creation', () => {
  const Map: Kind = { kind: 'ConfigMap', plural: 'configmaps', group: '', versions: ['v1'], namespaced: true };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'new', namespace: 'red' } };
  const target = targetToBe(Map, object);
  const make = (of: ReturnType<typeof thing>): Plan => planFor(of, {
    operations: [{ id: 'make', verb: 'create', target, object }], undo: { possible: true, says: msg('Delete it again.'), operations: [{ id: 'unmake', verb: 'delete', target, uidOnly: true, undoes: 'make' }] },
  });
  /** A world in which the new object can be there. */
  const worldOf = (there: { is: Observation }): Partial<World> => ({ other: (source) => (source.kind === 'object' && source.of.kind === 'ConfigMap' ? there.is : undefined) });
  const absent: Observation = { state: 'absent', readAt: NOW };
  const present = ok({ metadata: { name: 'new', namespace: 'red', uid: 'n1', resourceVersion: '5' } });

  it('is undone by deleting the very object that it brought', async () => {
    const there: { is: Observation } = { is: absent };
    const { undertaking, state, writes } = await previewed({ ...worldOf(there), send: (_, dry) => (dry ? ACCEPTED : { state: 'accepted', object: { metadata: { uid: 'n1' } } }) }, make);
    await undertaking.run();
    there.is = present;
    await undertaking.undo();
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'verifying', results: [{ operation: 'unmake', state: 'accepted' }] });
    expect(writes().at(-1)).toMatchObject({ write: { method: 'DELETE', body: { preconditions: { uid: 'n1' } } } });
  });
  it('is not sent if one of that name exists by now', async () => {
    const there: { is: Observation } = { is: absent };
    const { undertaking, state, writes } = await previewed(worldOf(there), make);
    there.is = present;
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'stopped', results: [{ state: 'changed', words: 'One of that name exists already.' }] });
    expect(writes()).toEqual([]);
  });
  it.each<[string, Observation, object]>([
    ['is there', present, { state: 'accepted', uid: 'n1' }],
    ['is not there', absent, { state: 'unknown', words: 'timedOut. Read again: it does not exist.' }],
  ])('without an answer is looked for: it %s', async (_, after, result) => {
    const there: { is: Observation } = { is: absent };
    const { undertaking, state } = await previewed({ ...worldOf(there), send: (__, dry) => { if (!dry) there.is = after; return dry ? ACCEPTED : { state: 'unknown', words: 'timedOut' }; } }, make);
    await undertaking.run();
    expect(state().results).toMatchObject([result]);
  });
});

describe('an undo', () => {
  it.each([[undefined, 'None that this page knows of.'], [msg('1 VM: a starts.'), '1 VM: a starts.']])('says nothing of what the deed brought, and which VMs notice the undo', async (vmsAffected, words) => {
    const { undertaking, state } = await previewed({}, (of) => {
      const { undo, ...plan } = planFor(of, { effects: [msg('It goes.')], vmsAffected: msg('1 VM: a stops.'), owner: msg('It minds.') });
      return { ...plan, undo: undo.possible && vmsAffected ? { ...undo, vmsAffected } : undo };
    });
    await undertaking.run();
    await undertaking.undo();
    expect(state().plan).toMatchObject({ effects: [], owner: undefined, vmsAffected: { text: words } });
  });
  it('takes back only what was done', async () => {
    const two = (of: ReturnType<typeof thing>): Plan => planFor(of, {
      operations: [scale(2, of, 'one'), scale(3, of, 'two')],
      undo: { possible: true, says: msg('.'), operations: [{ ...scale(0, of, 'undo-one'), undoes: 'one' }, { ...scale(0, of, 'undo-two'), undoes: 'two' }] as readonly Operation[] },
    });
    const { undertaking, state, world } = await previewed({}, two);
    let sent = 0;
    world.send = (_, dry): Sent => (!dry && (sent += 1) === 2 ? { state: 'rejected', status: 409, words: 'no' } : ACCEPTED);
    await undertaking.run();
    await undertaking.undo();
    expect(state().plan?.operations.map(({ id }) => id)).toEqual(['undo-one']);
  });
});

describe('an undo that is being prepared', () => {
  const done = async () => {
    const all = await previewed();
    await all.undertaking.run();
    return all;
  };
  it('is given up by whoever starts over', async () => {
    const { undertaking, state, settled } = await done();
    const undoing = undertaking.undo();
    undertaking.startOver();
    await undoing;
    await settled();
    expect(state()).toMatchObject({ phase: 'planned', undoing: false });
  });
  it('does not come where nothing was done', async () => {
    const { undertaking, state } = await previewed({ send: (_, dry) => (dry ? ACCEPTED : { state: 'rejected', status: 409, words: 'no' }) });
    await undertaking.run();
    await undertaking.undo();
    expect(state()).toMatchObject({ phase: 'stopped', undoing: false });
  });
});

describe('a plan that waits between its operations', () => {
  beforeEach(() => { jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance'] }); });
  afterEach(() => { jest.useRealTimers(); });
  const inTurn = (of: ReturnType<typeof thing>): Plan => planFor(of, { operations: [scale(2, of, 'one'), scale(3, of, 'two')], pace: { between: running, patience: 10 } });
  it('goes on once the step has passed on newer evidence', async () => {
    const { undertaking, state, world, writes } = await previewed({}, inTurn);
    const going = undertaking.run();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(writes()).toHaveLength(1);
    world.object = { ...thing('1', 2) };
    world.now += 3_000;
    await jest.advanceTimersByTimeAsync(4_000);
    await going;
    expect(state().results.map(({ state: now }) => now)).toEqual(['accepted', 'accepted']);
  });
  it('stops if it takes too long', async () => {
    const { undertaking, state, world } = await previewed({}, inTurn);
    const going = undertaking.run();
    for (let seconds = 0; seconds < 14; seconds += 2) {
      world.now += 2_000;
      await jest.advanceTimersByTimeAsync(2_000);
    }
    await going;
    expect(state()).toMatchObject({ phase: 'stopped', results: [{ state: 'accepted' }, { state: 'notSent' }] });
  });
  it('can be stopped while it waits', async () => {
    const { undertaking, state } = await previewed({}, inTurn);
    const going = undertaking.run();
    await jest.advanceTimersByTimeAsync(500);
    undertaking.stop();
    await going;
    expect(state().results.map(({ state: now }) => now)).toEqual(['accepted', 'notSent']);
  });
});

describe('a selection', () => {
  const Pod: Kind = { kind: 'Pod', plural: 'pods', group: '', versions: ['v1'], namespaced: true };
  const pod = (i: number, createdAt = '2025-11-20T00:00:00Z'): Operation => ({ id: `${i}`, verb: 'delete', target: targetOf(Pod, { metadata: { name: `p${i}`, namespace: `n${i % 12}`, uid: `u${i}`, resourceVersion: '1', creationTimestamp: createdAt } }) });
  const select = (operations: readonly Operation[]) => (of: ReturnType<typeof thing>): Plan => planFor(of, {
    operations, selection: { says: msg('Failed pods.'), fits: { kind: 'Pod', namespaces: 'all namespaces', createdBefore: '2025-11-21T00:00:00Z' }, errorLimit: 0 },
    saveFirst: { logs: [{ kind: 'log', in: 'n0', pod: 'p0', tail: 20 }, { kind: 'log', in: 'n1', pod: 'p1', tail: 20 }], leftOut: 3 }, undo: { possible: false, says: msg('They are gone.') },
  });
  const pods = Array.from({ length: 500 }, (_, i) => pod(i));
  const logs: Partial<World> = { other: (source) => (source.kind === 'log' ? (source.pod === 'p0' ? ok({ pod: 'p0', text: 'oom' }) : failed('timedOut')) : undefined) };

  it('is tried on one object in each of ten namespaces, and its permission asked for in each namespace', async () => {
    const { state } = await previewed(logs, select(pods));
    expect(state().previews).toHaveLength(10);
    expect(new Set(state().previews.map(({ operation }) => Number(operation) % 12)).size).toBe(10);
    expect(state().permissions).toHaveLength(12);
    expect(isRunnable(state())).toBe(true);
  });
  it('saves logs first, and says which it could not', async () => {
    const { state } = await previewed(logs, select(pods));
    expect(state().saved).toEqual([{ namespace: 'n0', pod: 'p0', lines: ['oom'] }, { namespace: 'n1', pod: 'p1', lines: [], words: 'timedOut' }]);
  });
  it('is recorded in counts, with those that did not succeed', async () => {
    const { undertaking, writes } = await previewed({ ...logs, send: ({ path }, dry) => (!dry && path.endsWith('/p7') ? { state: 'rejected', status: 404, words: 'not found' } : ACCEPTED) }, select(pods));
    await undertaking.run();
    expect(writes()).toHaveLength(500);
    const record = undertaking.record() as MitigationRecord;
    expect(record).toMatchObject({ selection: { namespaces: { n0: 42, n11: 41 }, ends: { accepted: 499, changed: 1 } }, results: [{ operation: '7', state: 'changed' }], saved: [{ pod: 'p0' }, { pod: 'p1' }] });
    expect(record.plan.operations).toHaveLength(200);
    expect(record.plan.commands).toHaveLength(20);
    expect(endOf(record)).toBe('done');
    const text = recordMarkdown(record, plainText);
    expect(text).toContain('- Accepted: 499');
    expect(text).toContain('- delete pods n7/p7: Not sent: its target had changed (not found)');
    expect(text).toContain('```\noom\n```');
  });
  it.each<[string, readonly Operation[]]>([
    ['was created later', [pod(0), pod(1, '2025-11-22T00:00:00Z')]],
    ['is of another kind', [pod(0), { ...pod(1), target: { ...pod(1).target, kind: 'Lease' } }]],
    ['carries no mark of its state', [pod(0), { ...pod(1), target: { ...pod(1).target, resourceVersion: '' } }]],
    ['is to be written in another way', [pod(0), scale(2, thing(), '1')]],
    ['stands in it twice', [pod(0), pod(0)]],
  ])('is no plan if something in it %s', async (_, operations) => {
    expect((await ready({}, select(operations))).state()).toMatchObject({ phase: 'refused' });
  });
});
