import { gate } from '../testing/scripted';
import { ACCEPTED, Deployment, NOW, type Thing, type World, planFor, previewed, ready, scale, setUp, thing, ticks } from '../testing/undertaken';
import { msg, plainText } from './message';
import { targetOf } from './operation';
import { type MitigationRecord, endOf, recordMarkdown } from './record';
import { type Sent } from './send';
import { type UndertakingState, isRunnable } from './undertaking';

describe('the evidence of a plan', () => {
  it('is read first', async () => {
    const { state, settled } = setUp();
    expect(state()).toMatchObject({ phase: 'reading', evidence: { state: 'reading' }, permissions: [], previews: [], results: [], verification: [], undoing: false });
    await settled();
    expect(state()).toMatchObject({ phase: 'planned', plan: { sentence: { holes: { name: '1' } } } });
  });
  it.each<[string, Partial<World>, object]>([
    ['is cut', { evidence: { complete: false } }, { missing: [] }],
    ['is too old', { evidence: { readAt: NOW - 61_000 } }, { missing: [{ reason: 'stale' }] }],
    ['is forbidden', { reading: { state: 'failed', reason: 'forbidden', readAt: NOW } }, { missing: [{ reason: 'forbidden' }] }],
    ['failed', { reading: { state: 'failed', reason: 'serverError', readAt: NOW } }, { missing: [{ reason: 'serverError' }] }],
  ])('makes no plan if it %s', async (_, changes, refused) => {
    const { state, undertaking, sent } = await ready(changes);
    expect(state()).toMatchObject({ phase: 'refused', refused });
    expect(state().plan).toBeUndefined();
    await undertaking.preview();
    await undertaking.run();
    expect(state().phase).toBe('refused');
    expect(sent).toEqual([]);
  });
  it('is an absence, too', async () => {
    expect((await ready({ object: undefined })).state()).toMatchObject({ phase: 'refused', refused: { says: msg('There is none.') } });
  });
  it('may make the author refuse, for a while', async () => {
    expect((await ready({}, () => ({ refused: msg('Not yet.'), lookAgainIn: 20 }))).state()).toMatchObject({ phase: 'refused', refused: { says: msg('Not yet.'), missing: [], lookAgainIn: 20 } });
  });
  it('does not bring down the page if the author\'s plan throws', async () => {
    expect((await ready({}, () => { throw new Error('oops'); })).state()).toMatchObject({ phase: 'refused', refused: { says: { holes: { error: 'Error: oops' } } } });
  });
  it('makes a new plan while nothing is fixed', async () => {
    const { state, diagnosis, world, settled } = await ready();
    world.object = thing('2');
    diagnosis.readAgain();
    await settled();
    expect(state().plan?.sentence.holes).toEqual({ name: '2' });
  });
});

describe('the preview', () => {
  it('fixes the plan, asks for its permissions and has it run dry, once', async () => {
    const { state, sent, asked, undertaking } = await ready();
    await Promise.all([undertaking.preview(), undertaking.preview()]);
    expect(state()).toMatchObject({
      phase: 'previewed', permissions: [{ answer: 'allowed', permission: { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'red', name: 'a' } }],
      previews: [{ operation: 'scale', preview: { outcome: 'accepted', changes: [{ path: '/spec/replicas', from: 0, to: 2 }] } }],
    });
    expect(sent.map(({ dry }) => dry)).toEqual([true]);
    expect(asked.filter(({ kind }) => kind === 'access')).toHaveLength(1);
    expect(isRunnable(state())).toBe(true);
  });
  it('keeps the plan, whatever is read afterwards', async () => {
    const { state, diagnosis, world, settled } = await previewed();
    world.object = thing('9', 5);
    diagnosis.readAgain();
    await settled();
    expect(state()).toMatchObject({ phase: 'previewed', plan: { sentence: { holes: { name: '1' } } } });
    world.reading = { state: 'failed', reason: 'forbidden', readAt: NOW };
    diagnosis.readAgain();
    await settled();
    expect(state()).toMatchObject({ phase: 'previewed', refused: undefined, plan: { sentence: { holes: { name: '1' } } } });
  });
  it.each<[string, World['allowed'], object]>([
    ['is refused', false, { answer: 'refused', words: 'RBAC' }],
    ['cannot be told', { state: 'failed', reason: 'timedOut', detail: 'slow', readAt: NOW }, { answer: 'unknown', words: 'slow' }],
  ])('is not run dry, nor for real, if a permission %s', async (_, allowed, permission) => {
    const { state, sent, undertaking } = await previewed({ allowed });
    expect(state()).toMatchObject({ phase: 'previewed', permissions: [permission], previews: [] });
    await undertaking.run();
    expect(state().phase).toBe('previewed');
    expect(sent).toEqual([]);
  });
  it.each<[string, Sent, string, boolean]>([
    ['accepted', ACCEPTED, 'accepted', true],
    ['rejected', { state: 'rejected', status: 422, words: 'no' }, 'rejected', false],
    ['blocked', { state: 'rejected', status: 500, words: 'failed calling webhook "w": no endpoints' }, 'blocked', false],
    ['local only', { state: 'rejected', status: 400, words: 'admission webhook "w" does not support dry run' }, 'localOnly', true],
    ['unknown', { state: 'unknown', words: 'timedOut' }, 'unknown', false],
  ])('that is %s is followed by the deed, or is not', async (_, answer, outcome, runnable) => {
    const { state, undertaking, writes } = await previewed({ send: (__, dry) => (dry ? answer : ACCEPTED) });
    expect(state().previews).toMatchObject([{ preview: { outcome } }]);
    expect(isRunnable(state())).toBe(runnable);
    await undertaking.run();
    expect(writes()).toHaveLength(runnable ? 1 : 0);
  });
  it('must allow every operation, not one', async () => {
    const two = (of: Thing) => planFor(of, { operations: [scale(2, of, 'one'), scale(3, of, 'two')] });
    let dry = 0;
    const { state, asked } = await previewed({ send: () => ((dry += 1) === 2 ? { state: 'rejected', status: 422, words: 'no' } : ACCEPTED) }, two);
    expect(state().previews.map(({ preview }) => preview.outcome)).toEqual(['accepted', 'rejected']);
    expect(isRunnable(state())).toBe(false);
    // Equal permissions are asked for once.
    expect(asked.filter(({ kind }) => kind === 'access')).toHaveLength(1);
  });
  it('that was started over brings nothing to the new plan', async () => {
    const slow = gate<Sent>();
    const { state, undertaking, world, settled, writes } = await ready({ send: (_, dry) => (dry ? slow.promise : ACCEPTED) });
    const first = undertaking.preview();
    await ticks();
    world.object = thing('2', 7);
    undertaking.startOver();
    await settled();
    slow.open(ACCEPTED);
    await first;
    expect(state()).toMatchObject({ phase: 'planned', permissions: [], previews: [], plan: { sentence: { holes: { name: '2' } } } });
    await undertaking.run();
    expect(writes()).toEqual([]);
  });
});

describe('the run', () => {
  it('sends what was previewed, once, and goes on to verify', async () => {
    const { state, undertaking, writes, world, settled } = await previewed();
    world.send = () => { world.object = thing('2', 2); world.now += 1000; return ACCEPTED; };
    await Promise.all([undertaking.run(), undertaking.run()]);
    await settled();
    expect(writes()).toHaveLength(1);
    expect(state()).toMatchObject({ phase: 'verifying', results: [{ operation: 'scale', state: 'accepted' }], verification: [{ step: 'running', state: 'done', outcome: 'pass' }] });
    await undertaking.run();
    expect(writes()).toHaveLength(1);
  });
  it('tells how far it has come', async () => {
    const seen: string[] = [];
    const { state, undertaking } = await previewed();
    undertaking.subscribe(() => seen.push(`${state().phase} ${state().results.map((one) => one.state).join()}`));
    await undertaking.run();
    expect([...new Set(seen)]).toEqual(['running waiting', 'running sending', 'running accepted', 'verifying accepted']);
  });
  it('does not come before a preview', async () => {
    const { state, undertaking, sent } = await ready();
    await undertaking.run();
    expect(state().phase).toBe('planned');
    expect(sent).toEqual([]);
  });
  it.each<[string, World['allowed']]>([['lost', false], ['no longer known', { state: 'failed', reason: 'serverError', readAt: NOW }]])('asks for the permission again: %s meanwhile', async (_, allowed) => {
    const { state, undertaking, world, writes } = await previewed();
    world.allowed = allowed;
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'stopped', results: [{ state: 'notSent' }], permissions: [{ answer: allowed === false ? 'refused' : 'unknown' }] });
    expect(writes()).toEqual([]);
  });
  it('does not touch a target that cannot be read, and does not call it changed', async () => {
    const { state, undertaking, world, writes } = await previewed();
    world.reading = { state: 'failed', reason: 'timedOut', readAt: NOW };
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'stopped', results: [{ state: 'notSent', words: 'It could not be read: timedOut' }] });
    expect(writes()).toEqual([]);
  });
  it.each<[string, Partial<World>, string]>([
    ['changed', { object: thing('2') }, 'It was changed.'],
    ['recreated', { object: thing('1', 0, 'another') }, 'It was deleted and created anew.'],
    ['gone', { object: undefined }, 'It does not exist any more.'],
  ])('does not touch a target that is %s', async (_, changes, words) => {
    const { state, undertaking, world, writes } = await previewed();
    Object.assign(world, changes);
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'stopped', results: [{ state: 'changed', words }] });
    expect(writes()).toEqual([]);
  });
  it('minds only the uid where that is all that matters', async () => {
    const remove = (of: Thing) => planFor(of, { operations: [{ id: 'delete', verb: 'delete', uidOnly: true, target: targetOf(Deployment, of) }] });
    const { state, undertaking, world } = await previewed({}, remove);
    world.object = thing('2');
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'verifying', results: [{ state: 'accepted' }] });
  });
  it('stops where the server refuses, and sends nothing again', async () => {
    const { undertaking, writes, state } = await previewed({ send: (_, dry) => (dry ? ACCEPTED : { state: 'rejected', status: 409, words: 'no' }) });
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'stopped', results: [{ state: 'rejected' }] });
    await undertaking.run();
    expect(writes()).toHaveLength(1);
  });
  it.each<[string, Partial<World>, string]>([
    ['as it was', {}, 'timedOut. Read again: it is as it was.'],
    ['changed', { object: thing('2', 2) }, 'timedOut. Read again: It was changed.'],
    ['created anew', { object: thing('9', 0, 'other') }, 'timedOut. Read again: It was deleted and created anew.'],
  ])('reads a target again whose write was not answered, and verifies: it is %s', async (_, after, words) => {
    const { undertaking, writes, state, world } = await previewed({ send: (__, dry) => (dry ? ACCEPTED : { state: 'unknown', words: 'timedOut' }) });
    const send = world.send;
    world.send = (write, dry) => {
      if (!dry) Object.assign(world, after);
      return send(write, dry);
    };
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'verifying', results: [{ state: 'unknown', words }] });
    await undertaking.run();
    expect(writes()).toHaveLength(1);
  });
  it.each<[string, Thing | undefined, string]>([['gone', undefined, 'accepted'], ['still there', thing(), 'unknown']])('counts a deletion without an answer by what is there afterwards: %s', async (_, after, state) => {
    const { undertaking, state: now, world } = await previewed({}, (of) => planFor(of, { operations: [{ id: 'd', verb: 'delete', target: targetOf(Deployment, of) }] }));
    world.send = (__, dry) => {
      if (!dry) world.object = after;
      return { state: 'unknown', words: 'timedOut' };
    };
    await undertaking.run();
    expect(now()).toMatchObject({ phase: 'verifying', results: [{ state }] });
  });
  it('can be stopped: what is under way is awaited', async () => {
    const slow = gate<Sent>();
    const { state, undertaking, writes } = await previewed({ send: (_, dry) => (dry ? ACCEPTED : slow.promise) }, (of) => planFor(of, { operations: [scale(2, of, 'one'), scale(3, of, 'two')] }));
    const run = undertaking.run();
    await ticks();
    undertaking.stop();
    slow.open(ACCEPTED);
    await run;
    expect(state()).toMatchObject({ phase: 'stopped', results: [{ state: 'accepted' }, { state: 'notSent' }] });
    expect(writes()).toHaveLength(1);
  });
  it('sends nothing more once the page is left', async () => {
    const slow = gate<Sent>();
    const { undertaking, writes, leaving, state } = await previewed({ send: (_, dry) => (dry ? ACCEPTED : slow.promise) }, (of) => planFor(of, { operations: [scale(2, of, 'one'), scale(3, of, 'two')] }));
    const run = undertaking.run();
    await ticks();
    leaving.abort();
    slow.open(ACCEPTED);
    await run;
    expect(writes()).toHaveLength(1);
    expect(state().results.map((one) => one.state)).toEqual(['accepted', 'notSent']);
  });
  it('sends nothing if the page was left before', async () => {
    const { undertaking, writes, leaving } = await previewed();
    leaving.abort();
    await undertaking.run();
    expect(writes()).toEqual([]);
  });
  it('is not started over while it is under way', async () => {
    const slow = gate<Sent>();
    const { state, undertaking, writes } = await previewed({ send: (_, dry) => (dry ? ACCEPTED : slow.promise) });
    const run = undertaking.run();
    await ticks();
    undertaking.startOver();
    await undertaking.preview();
    await undertaking.run();
    await undertaking.undo();
    expect(state().phase).toBe('running');
    slow.open(ACCEPTED);
    await run;
    expect(writes()).toHaveLength(1);
    expect(state().phase).toBe('verifying');
  });
});

describe('verification', () => {
  it('does not stand on what was read before the deed', async () => {
    // The step passes on the old evidence: replacing a pod of a healthy Deployment would be verified before it is done.
    const { state, undertaking, world, settled } = await previewed({ object: thing('1', 2) });
    const reading = gate<void>();
    world.send = () => { world.now += 1000; world.hold = reading.promise; return ACCEPTED; };
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'verifying', verification: [{ step: 'running', state: 'reading', outcome: undefined, says: undefined }] });
    reading.open();
    await settled();
    expect(state().verification).toMatchObject([{ step: 'running', state: 'done', outcome: 'pass' }]);
  });
  it('is a line per step, read again until it passes', async () => {
    const { state, undertaking, world, diagnosis, settled } = await previewed();
    world.send = () => { world.now += 1000; return ACCEPTED; };
    await undertaking.run();
    await settled();
    expect(state().verification).toMatchObject([{ outcome: 'fail' }]);
    world.object = thing('3', 2);
    diagnosis.readAgain();
    await settled();
    expect(state().verification).toMatchObject([{ outcome: 'pass' }]);
  });
  it('is not there before the deed', async () => {
    const { state, diagnosis, settled } = await previewed();
    diagnosis.readAgain();
    await settled();
    expect(state().verification).toEqual([]);
  });
});

describe('the undo', () => {
  const done = async (...args: Parameters<typeof setUp>) => {
    const all = await previewed(...args);
    all.world.send = (_, dry) => { if (!dry) all.world.object = thing('2', 2); return ACCEPTED; };
    await all.undertaking.run();
    await all.settled();
    return all;
  };
  it('is previewed itself, on what stands there now, and sent after that', async () => {
    const { state, undertaking, world, writes } = await done();
    await undertaking.undo();
    expect(state()).toMatchObject({
      phase: 'previewed', undoing: true, results: [], verification: [], permissions: [{ answer: 'allowed' }], previews: [{ operation: 'undo', preview: { outcome: 'accepted' } }],
      plan: { sentence: msg('Scale to 0 again.'), verify: [], confirm: { kind: 'button' }, undo: { possible: false }, operations: [{ target: { uid: 'u', resourceVersion: '2' } }] },
    });
    world.send = (_, dry) => { if (!dry) world.object = thing('3', 0); return ACCEPTED; };
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'verifying', results: [{ operation: 'undo', state: 'accepted' }] });
    expect(writes()).toHaveLength(2);
  });
  it('does not fall upon another object of that name', async () => {
    const { state, undertaking, world, writes } = await done();
    world.object = thing('9', 2, 'another');
    await undertaking.undo();
    expect(state().plan?.operations).toMatchObject([{ target: { uid: 'u', resourceVersion: '1' } }]);
    await undertaking.run();
    expect(state()).toMatchObject({ phase: 'stopped', results: [{ state: 'changed', words: 'It was deleted and created anew.' }] });
    expect(writes()).toHaveLength(1);
  });
  it('is not there where the plan has none', async () => {
    const { state, undertaking } = await done({}, (of) => planFor(of, { undo: { possible: false, says: msg('It is gone.') } }));
    await undertaking.undo();
    expect(state()).toMatchObject({ phase: 'verifying', undoing: false });
  });
  it.each<[string, () => Promise<ReturnType<typeof setUp>>, UndertakingState['phase']]>([['planned', () => ready(), 'planned'], ['previewed', () => previewed(), 'previewed']])('is not there when the deed is only %s', async (_, at, phase) => {
    const { state, undertaking, sent } = await at();
    const before = sent.length;
    await undertaking.undo();
    expect(state().phase).toBe(phase);
    expect(sent).toHaveLength(before);
  });
  it('may be of a run that stopped half way', async () => {
    const { state, undertaking, world } = await previewed({}, (of) => planFor(of, { operations: [scale(2, of, 'one'), scale(3, of, 'two')] }));
    let sent = 0;
    world.send = (_, dry) => (!dry && (sent += 1) === 2 ? { state: 'rejected', status: 409, words: 'no' } : ACCEPTED);
    await undertaking.run();
    expect(state().phase).toBe('stopped');
    await undertaking.undo();
    expect(state()).toMatchObject({ phase: 'previewed', undoing: true });
  });
});

describe('starting over', () => {
  it('forgets the plan and reads its evidence again', async () => {
    const { state, undertaking, world, settled } = await previewed();
    world.object = thing('2', 1);
    undertaking.startOver();
    expect(state()).toMatchObject({ phase: 'planned', permissions: [], previews: [] });
    await settled();
    expect(state()).toMatchObject({ phase: 'planned', plan: { sentence: { holes: { name: '2' } } } });
  });
});

describe('the record', () => {
  it('begins with the confirmation and holds what was known, what was sent and what came of it', async () => {
    const { undertaking, world, diagnosis, settled } = await previewed({ firing: true });
    expect(undertaking.record()).toBeUndefined();
    await undertaking.run();
    await settled();
    world.object = thing('2', 2);
    world.now += 1_000;
    diagnosis.readAgain();
    await settled();
    expect(undertaking.record()).toMatchObject({
      version: 1, runbook: 'Down', mitigation: 'scale-back', undoing: false, startedAt: new Date(NOW).toISOString(), before: { alert: 'firing' }, alert: 'firing',
      plan: { sentence: { holes: { name: '1' } }, commands: [{ text: expect.stringContaining('oc patch deployments.v1.apps a -n red --subresource=scale --type=json') }] },
      results: [{ operation: 'scale', state: 'accepted' }], verification: [{ step: 'running', outcome: 'pass' }],
    });
    expect(undertaking.record()?.clearedAt).toBeUndefined();
    expect(endOf(undertaking.record() as MitigationRecord)).toBe('done');
  });
  it('knows when the alert was first seen not to fire, and only an alert that fired can clear', async () => {
    for (const firing of [true, false]) {
      const { undertaking, world, diagnosis, settled } = await previewed({ firing });
      await undertaking.run();
      world.firing = false;
      for (const later of [2_000, 3_000]) {
        world.now = NOW + later;
        diagnosis.readAgain();
        await settled();
      }
      expect(undertaking.record()?.clearedAt).toBe(firing ? new Date(NOW + 2_000).toISOString() : undefined);
    }
  });
  it('of an undo is another one', async () => {
    const { undertaking, world } = await previewed();
    await undertaking.run();
    const first = undertaking.record();
    world.now += 1_000;
    await undertaking.undo();
    // What is being previewed takes nothing away from what was done.
    expect(undertaking.record()).toMatchObject({ id: first?.id, undoing: false, results: [{ operation: 'scale', state: 'accepted' }] });
    await undertaking.run();
    expect(undertaking.record()).toMatchObject({ undoing: true });
    expect(undertaking.record()?.id).not.toBe(first?.id);
  });
  it('says as Markdown what became of each operation, and lets no name write Markdown', async () => {
    const { undertaking } = await previewed({ object: thing('1') }, (of) => planFor(of, { sentence: msg('Scale {{name}}.', { name: '# [x](y)' }) }));
    await undertaking.run();
    const text = recordMarkdown(undertaking.record() as MitigationRecord, plainText);
    expect(text).toContain('**Scale \\# \\[x\\](y).**');
    expect(text).toMatch(/patch deployments\/scale red\/a: Accepted/);
    expect(text).toContain('```\noc patch deployments.v1.apps a -n red');
  });
});
