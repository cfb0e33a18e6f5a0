import { type FakeFetch } from './testing';
import { type Api } from '../../src/engine';
import { answer } from '../../src/testing/answer';
import { type Behind, doorTo } from '../../src/testing/door';
import { type ApiRequest } from '../../src/testing/types';

const UPSTREAMS: readonly (readonly [prefix: string, api: Api])[] = [
  ['/api/kubernetes', 'kubernetes'], ['/api/prometheus-tenancy', 'tenancy'], ['/api/prometheus', 'prometheus'],
];

/** The console's proxies in front of a world in process, for pages drawn in the host: reads and writes, with the rights of the user. */
export const networkOf = (behind: () => Behind): FakeFetch => async ({ method, url, headers, body }) => {
  const upstream = UPSTREAMS.find(([prefix]) => url.startsWith(`${prefix}/`));
  if (!upstream) return new Response('', { status: 404 });
  const [prefix, api] = upstream;
  const path = url.slice(prefix.length);
  const world = behind();
  const date = world.cluster.now().toUTCString();
  if (api === 'kubernetes') {
    const reply = answer(world.cluster, { method: method as ApiRequest['method'], path, user: world.user, headers: Object.fromEntries(headers), ...(body === undefined ? {} : { body }) });
    return new Response(reply.body, { status: reply.status, headers: reply.headers });
  }
  const reply = await doorTo(world).get({ to: api, path }, new AbortController().signal);
  return reply.state === 'answered' ? new Response(reply.body, { status: reply.status, headers: { 'Content-Type': 'application/json', Date: date } }) : new Response('', { status: 502 });
};
