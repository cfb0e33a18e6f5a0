import { gate, says } from '../testing/scripted';
import { type Reply, type Request, limited } from './transport';

const request = (path: string): Request => ({ to: 'kubernetes', path });
const settled = () => new Promise((done) => setImmediate(done));

describe('limited', () => {
  const door = (atOnce: number) => {
    const gates = new Map<string, ReturnType<typeof gate<Reply>>>();
    const started: string[] = [];
    const get = limited({
      get: ({ path }) => {
        started.push(path);
        gates.set(path, gates.get(path) ?? gate());
        return gates.get(path)?.promise as Promise<Reply>;
      },
    }, atOnce);
    return { started, gates, get: (path: string, signal = new AbortController().signal) => get.get(request(path), signal) };
  };

  it('has so many requests under way, and starts the others in order', async () => {
    const { started, gates, get } = door(2);
    const all = ['a', 'b', 'c', 'd'].map((path) => get(path));
    await settled();
    expect(started).toEqual(['a', 'b']);
    gates.get('b')?.open(says(200, 'b'));
    await settled();
    expect(started).toEqual(['a', 'b', 'c']);
    for (const path of ['a', 'c']) gates.get(path)?.open(says(200, path));
    await settled();
    gates.get('d')?.open(says(200, 'd'));
    expect((await Promise.all(all)).map((reply) => reply.state === 'answered' && reply.body)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('goes on after a request that was rejected', async () => {
    const { started, gates, get } = door(1);
    const first = get('a').catch(() => 'rejected');
    void get('b');
    await settled();
    gates.get('a')?.fail(new Error('left'));
    expect(await first).toBe('rejected');
    await settled();
    expect(started).toEqual(['a', 'b']);
  });

  it('does not start what was given up while it waited', async () => {
    const { started, gates, get } = door(1);
    const leaving = new AbortController();
    void get('a');
    const second = get('b', leaving.signal).catch(() => 'rejected');
    void get('c');
    await settled();
    leaving.abort();
    gates.get('a')?.open(says(200, ''));
    expect(await second).toBe('rejected');
    await settled();
    expect(started).toEqual(['a', 'c']);
  });
});
