import { type Operation, type Target, endOf, endSays, plainText } from '../engine';
import { type Cluster } from '../testing/cluster';
import { pass } from '../testing/controllers';
import { type KubeObject } from '../testing/types';
import { type Staged } from '../testing/undertakeIn';
import { ALL_SCENES } from './testing-scenes';
import { countOf, expectHonest, fakeTimers, planOf, planned, previewed, recordOf, statesOf, verifiedAs } from './testing-faults';

beforeEach(fakeTimers);
afterEach(() => jest.useRealTimers());
jest.setTimeout(60_000);

const find = (cluster: Cluster, { kind, namespace, name }: Target): KubeObject | undefined => cluster.get(kind, namespace, name);

/** Somebody else writes to an object: a label, which no check looks at. */
const touch = (cluster: Cluster, { kind, namespace, name }: Target): void => {
  cluster.update(kind, namespace, name, (draft) => { draft.metadata.labels = { ...draft.metadata.labels, touched: 'yes' }; });
};
const takeAway = (cluster: Cluster, { kind, namespace, name }: Target): void => { cluster.remove(kind, namespace, name); };
/** Somebody else deletes an object and makes one of its name. */
const recreate = (cluster: Cluster, target: Target): void => {
  const was = find(cluster, target);
  if (!was) throw new Error(`There is no ${target.name}`);
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _at, ...metadata } = was.metadata;
  takeAway(cluster, target);
  cluster.create({ ...was, metadata });
};

/** The third of ten operations, or the only one. */
const third = (staged: Staged): Operation => {
  const { operations } = planOf(staged);
  const operation = operations[Math.min(3, operations.length) - 1];
  if (!operation) throw new Error('There is no operation');
  return operation;
};
const resultOf = (staged: Staged, { id }: Operation) => staged.state().results.find(({ operation }) => operation === id);

/** Is the write held against the very state that was looked at? */
const isExact = (operation: Operation): boolean =>
  (operation.verb === 'delete' && !operation.uidOnly) || (operation.verb === 'patch' && operation.patch.some(({ op, path }) => op === 'test' && path === '/metadata/resourceVersion'));
/** What is looked at again right before the write: all of it, or what it expects. */
const isLookedAt = (operation: Operation): boolean => !operation.expects && (operation.verb === 'patch' || isExact(operation));

/** Something happens to the third target after the last look at it, right before its write. */
const meanwhile = (staged: Staged, happens: () => void): void => {
  const { target } = third(staged);
  let has = false;
  staged.trouble.onWrite = ({ path }, { dry }) => {
    if (!dry && !has && path.includes(`/${target.name}`)) {
      has = true;
      happens();
    }
    return undefined;
  };
};

/** The write that was to be refused was, and the others of a selection went on. */
const expectKept = (staged: Staged, operation: Operation): void => {
  const isSelected = planOf(staged).selection !== undefined;
  expect(staged.state().phase).toBe(isSelected ? 'verifying' : 'stopped');
  if (isSelected) expect(countOf(staged, 'accepted')).toBe(statesOf(staged).length - 1);
  expect(resultOf(staged, operation)?.words).toBeTruthy();
  expectHonest(staged);
};

const exists = ALL_SCENES.filter(({ creates }) => !creates);
describe.each(exists)('$name', (scene) => {
  it.each([
    ['is gone', takeAway, 'does not exist any more'], ['was deleted and created anew', recreate, 'created anew'],
  ] as const)('leaves alone a target that %s since the preview', async (_, happens, words) => {
    const staged = await previewed(scene);
    const operation = third(staged);
    happens(staged.cluster, operation.target);
    const after = find(staged.cluster, operation.target)?.metadata.uid;
    await staged.run();
    expect(resultOf(staged, operation)?.state).toBe('changed');
    if (!planOf(staged).selection) expect(resultOf(staged, operation)?.words).toContain(words);
    if (after) expect(find(staged.cluster, operation.target)?.metadata.deletionTimestamp).toBeUndefined();
    expectKept(staged, operation);
    staged.leave();
  });

  it.each([
    ['goes', takeAway], ['is deleted and created anew', recreate],
  ] as const)('is refused by the server where a target %s after the last look', async (_, happens) => {
    const staged = await previewed(scene);
    const operation = third(staged);
    let made: KubeObject | undefined;
    meanwhile(staged, () => {
      happens(staged.cluster, operation.target);
      made = find(staged.cluster, operation.target);
    });
    await staged.run();
    // A call of a subresource takes no precondition, which its plan says: an object of that name is called.
    if (operation.verb === 'call' && made) return staged.leave();
    expect(resultOf(staged, operation)?.state).toBe(planOf(staged).selection ? 'changed' : 'rejected');
    if (made) expect(find(staged.cluster, operation.target)).toMatchObject({ metadata: { uid: made.metadata.uid }, ...('spec' in made ? { spec: made['spec'] } : {}) });
    expectKept(staged, operation);
    staged.leave();
  });

  it.each(['since the preview', 'after the last look'] as const)('does not write over what somebody else changed %s, where its plan rests on the exact state', async (when) => {
    const staged = await previewed(scene);
    const operation = third(staged);
    if (when === 'since the preview') touch(staged.cluster, operation.target);
    else meanwhile(staged, () => touch(staged.cluster, operation.target));
    await staged.run();
    const isRefused = when === 'since the preview' ? isLookedAt(operation) : isExact(operation);
    if (isRefused) {
      const isSeen = when === 'since the preview' || planOf(staged).selection !== undefined;
      expect(resultOf(staged, operation)?.state).toBe(isSeen ? 'changed' : 'rejected');
      expect(find(staged.cluster, operation.target)?.metadata.labels?.['touched']).toBe('yes');
      expectKept(staged, operation);
    } else {
      expect(resultOf(staged, operation)?.state).toBe('accepted');
      expectHonest(staged);
    }
    staged.leave();
  });

  it('does not say that it is done while a finalizer never ends', async () => {
    const staged = await planned(scene, (cluster, operation) => {
      if (operation.verb === 'delete') cluster.update(operation.target.kind, operation.target.namespace, operation.target.name, (draft) => { draft.metadata.finalizers = ['example.com/never']; });
    });
    await staged.undertaking.preview();
    const operation = third(staged);
    if (operation.verb !== 'delete') return staged.leave();
    await staged.run();
    expect(resultOf(staged, operation)?.state).toBe('accepted');
    await staged.later(600_000);
    expect(find(staged.cluster, operation.target)?.metadata.deletionTimestamp).toBeDefined();
    if (scene.staysIfHeld) expect(new Set(verifiedAs(staged))).not.toEqual(new Set(['pass']));
    expect(recordOf(staged).clearedAt).toBeUndefined();
    expectHonest(staged);
    staged.leave();
  });
});

/** Somebody else creates an object of the name that the plan chose. */
const createFirst = (cluster: Cluster, operation: Operation): KubeObject => {
  if (operation.verb !== 'create') throw new Error('Nothing is created');
  const { metadata, ...object } = operation.object;
  return cluster.create({ ...object, metadata: { ...metadata, labels: { made: 'elsewhere' } } } as KubeObject);
};

describe.each(ALL_SCENES.filter(({ creates }) => creates))('$name', (scene) => {
  it.each(['since the preview', 'after the last look'] as const)('leaves alone what somebody else created %s under the name of the plan', async (when) => {
    const staged = await previewed(scene);
    const operation = third(staged);
    let made: KubeObject | undefined;
    if (when === 'since the preview') made = createFirst(staged.cluster, operation);
    else staged.trouble.onWrite = (write, { dry }) => {
      if (!dry && JSON.stringify(write.body).includes(operation.target.name)) made ??= createFirst(staged.cluster, operation);
      return undefined;
    };
    await staged.run();
    expect(resultOf(staged, operation)).toMatchObject(when === 'since the preview' ? { state: 'changed', words: 'One of that name exists already.' } : { state: 'rejected' });
    expect(find(staged.cluster, operation.target)?.metadata.uid).toBe(made?.metadata.uid);
    expectKept(staged, operation);
    // What it did create is taken back, and nothing else.
    const own = staged.state().results.flatMap(({ uid }) => uid ?? []);
    await staged.undertaking.undo();
    expect(planOf(staged).operations.map(({ target: { uid } }) => uid)).toEqual(own);
    staged.leave();
  });
});

describe.each(ALL_SCENES.flatMap(({ revert, ...scene }) => (revert ? [{ ...scene, revert }] : [])))('$name', (scene) => {
  it('sees by its verification that somebody took it back within two seconds, and is not called solved', async () => {
    const staged = await previewed(scene);
    const all = planOf(staged).operations.length;
    staged.trouble.afterWrite = (_, turn) => {
      if (turn !== all) return;
      pass(staged.cluster, 2_000);
      scene.revert(staged.cluster);
    };
    await staged.run();
    expect(countOf(staged, 'accepted')).toBe(all);
    await staged.later(60_000);
    expect(verifiedAs(staged)).toContain('fail');
    expect(endOf(recordOf(staged))).toBe('done');
    expect(plainText(endSays(recordOf(staged)))).toContain('not seen to clear');
    expectHonest(staged);
    staged.leave();
  });
});

describe.each(ALL_SCENES)('$name', (scene) => {
  it('claims neither that it worked nor that the alert cleared while Prometheus is dead, and goes on once it is back', async () => {
    const staged = await previewed(scene);
    staged.trouble.afterWrite = () => {
      staged.trouble.onRead = (to) => (to === 'kubernetes' ? undefined : { state: 'answered', status: 503, body: 'no healthy upstream' });
    };
    await staged.run();
    scene.goesOn?.(staged.cluster);
    await staged.later(60_000);
    if (scene.verifiedBy === 'metrics') expect(verifiedAs(staged)).toContain('unknown');
    else expect(verifiedAs(staged)).toEqual(planOf(staged).verify.map(() => 'pass'));
    expect(recordOf(staged)).toMatchObject({ alert: 'unknown' });
    expect(recordOf(staged).clearedAt).toBeUndefined();
    expectHonest(staged);
    staged.trouble.onRead = () => undefined;
    scene.goesOn?.(staged.cluster);
    staged.trouble.fires = () => false;
    await staged.later(60_000);
    expect(verifiedAs(staged)).toEqual(planOf(staged).verify.map(() => 'pass'));
    expect(endOf(recordOf(staged))).toBe('cleared');
    staged.leave();
  });

  it('says that it is done and the alert stays, where it worked and the alert fires on', async () => {
    const staged = await previewed(scene);
    await staged.run();
    scene.goesOn?.(staged.cluster);
    await staged.later(600_000);
    expect(verifiedAs(staged)).toEqual(planOf(staged).verify.map(() => 'pass'));
    expect(recordOf(staged)).toMatchObject({ alert: 'firing' });
    expect(plainText(endSays(recordOf(staged)))).toBe('Done. The alert was not seen to clear while the page was open.');
    expectHonest(staged);
    staged.leave();
  });
});
