import { namespaceWithProject, plain } from './builders/platform';
import { Cluster } from './cluster';
import { kindInfo } from './kinds';
import { randomFrom } from './random';
import type { KubeObject } from './types';

const map = (name: string, data: Record<string, string> = {}): KubeObject => plain(kindInfo('ConfigMap'), { name, namespace: 'here' }, { data });
const claim = (name: string): KubeObject => plain(kindInfo('KubeVirt'), { name, namespace: 'here' }, { spec: { a: 1 }, status: {} });

describe('Cluster', () => {
  it('fills in what the API server fills in', () => {
    const cluster = new Cluster();
    const { metadata } = cluster.create(claim('one'));
    expect(metadata).toMatchObject({ generation: 1, creationTimestamp: '2026-09-14T08:00:00Z', resourceVersion: cluster.resourceVersion });
    expect(metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('raises the generation with the spec alone, and the resourceVersion with every change', () => {
    const cluster = new Cluster();
    const created = cluster.create(claim('one'));
    const observed = cluster.update('KubeVirt', 'here', 'one', (draft) => { draft['status'] = { phase: 'Deployed' }; });
    const edited = cluster.update('KubeVirt', 'here', 'one', (draft) => { draft['spec'] = { a: 2 }; });
    expect([created, observed, edited].map((object) => object?.metadata.generation)).toEqual([1, 1, 2]);
    expect(Number(edited?.metadata.resourceVersion)).toBeGreaterThan(Number(observed?.metadata.resourceVersion));
  });

  it('takes no notice of a change that changes nothing', () => {
    const cluster = new Cluster();
    cluster.create(map('one', { a: '1' }));
    const before = cluster.resourceVersion;
    cluster.update('ConfigMap', 'here', 'one', (draft) => { draft['data'] = { a: '1' }; });
    expect(cluster.resourceVersion).toBe(before);
  });

  it('hands out objects that cannot be altered behind its back', () => {
    const cluster = new Cluster();
    cluster.create(map('one'));
    expect(() => { cluster.need('ConfigMap', 'here', 'one').metadata.labels = {}; }).toThrow(TypeError);
  });

  it('refuses what exists, and what is namespaced or not as it should be', () => {
    const cluster = new Cluster();
    cluster.create(map('one'));
    expect(() => cluster.create(map('one'))).toThrow('exists already');
    expect(() => cluster.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', namespace: 'here' } })).toThrow('not namespaced');
    expect(() => cluster.create({ apiVersion: 'x/v1', kind: 'Unheard', metadata: { name: 'n' } })).toThrow('no kind Unheard');
  });

  it('lists by namespace and name, as etcd sorts its keys', () => {
    const cluster = new Cluster();
    for (const name of ['b', 'a', 'c']) cluster.create(map(name));
    cluster.create({ ...map('z'), metadata: { name: 'z', namespace: 'earlier' } });
    expect(cluster.list('ConfigMap').map(({ metadata }) => metadata.name)).toEqual(['z', 'a', 'b', 'c']);
    expect(cluster.list('ConfigMap', 'here')).toHaveLength(3);
  });

  it('remembers what happened, and tells it to whoever listens', () => {
    const cluster = new Cluster();
    const heard: string[] = [];
    const stop = cluster.subscribe(({ type, object }) => heard.push(`${type} ${object.metadata.name}`));
    const begin = Number(cluster.resourceVersion);
    for (const object of namespaceWithProject('here')) cluster.create(object);
    cluster.create(map('one'));
    cluster.remove('ConfigMap', 'here', 'one');
    stop();
    cluster.create(map('unheard'));
    expect(heard).toEqual(['ADDED here', 'ADDED here', 'ADDED one', 'DELETED one']);
    expect(cluster.changesSince(begin)?.map(({ type }) => type)).toEqual(['ADDED', 'ADDED', 'ADDED', 'DELETED', 'ADDED']);
    expect(cluster.changesSince(begin - 5)).toBeUndefined();
  });

  it('can be copied, and then goes its own way', () => {
    const cluster = new Cluster();
    cluster.create(map('one'));
    const twin = cluster.copy();
    twin.clock.advance(1000);
    expect(twin.create(map('two')).metadata.uid).toBe(cluster.create(map('two')).metadata.uid);
    twin.remove('ConfigMap', 'here', 'one');
    expect(cluster.get('ConfigMap', 'here', 'one')).toBeDefined();
    expect(twin.now().getTime() - cluster.now().getTime()).toBe(1000);
    expect(twin.changesSince(18_400_000)).toHaveLength(3);
  });

  it('makes the same names in the same order', () => {
    const names = (): string[] => {
      const { random } = new Cluster({ random: randomFrom(7) });
      return [random.letters(5), random.uid(), random.hex(4)];
    };
    expect(names()).toEqual(names());
  });

  it('keeps logs as long as their pod', () => {
    const cluster = new Cluster();
    const log = { namespace: 'here', pod: 'p', container: 'c' };
    cluster.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'here' }, spec: { containers: [] }, status: { phase: 'Running' } });
    cluster.logs.write(log, ['first run']);
    cluster.logs.restart(log);
    cluster.logs.write(log, ['second run']);
    expect(cluster.logs.read({ ...log, previous: true }).map(({ text }) => text)).toEqual(['first run']);
    cluster.remove('Pod', 'here', 'p');
    expect(cluster.logs.read(log)).toEqual([]);
  });
});
