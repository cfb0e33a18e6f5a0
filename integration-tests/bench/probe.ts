// Another client of the same API server: asks for one small object every so often. When a line comes on standard input it prints how long each answer
// took, in milliseconds, shortest first, and ends. `probe.ts KUBECONFIG`
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpointOf, identify } from '../../src/headless/access';
import { createGet } from '../../src/headless/transport';

const EVERY = 25;

const [kubeconfig = ''] = process.argv.slice(2);
const endpoint = await endpointOf(identify({ kubeconfig }));
const get = createGet();
const never = new AbortController().signal;

const once = async (): Promise<number> => {
  const begin = performance.now();
  const reply = await get(endpoint, { path: '/api/v1/namespaces/default' }, never);
  if (reply.state !== 'answered' || reply.status !== 200) throw new Error(`The API server did not answer: ${JSON.stringify(reply).slice(0, 200)}`);
  return performance.now() - begin;
};

let isOver = false;
process.stdin.once('data', () => { isOver = true; });
const times: number[] = [];
// The first one opens the connection.
await once();
process.stdout.write('ready\n');
while (!isOver) {
  times.push(await once());
  await sleep(EVERY);
}
process.stdout.write(`${JSON.stringify(times.sort((a, b) => a - b))}\n`);
process.exit(0);
