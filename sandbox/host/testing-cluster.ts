import { answer } from '../../src/testing/answer';
import { doorTo, type Behind } from '../../src/testing/door';
import type { ApiRequest } from '../../src/testing/types';
import type { FakeFetch } from './testing';

const KUBERNETES = '/api/kubernetes';
const PROMETHEUS = /^\/api\/(prometheus|prometheus-tenancy)(\/.*)$/;

/** A network behind which stands the world: the API server's answers for its user, and the spec's own metrics and rules. */
export const networkOf =
  (behind: Behind): FakeFetch =>
  async ({ method, url, headers, body }) => {
    if (url.startsWith(KUBERNETES)) {
      const request: ApiRequest = {
        method: method as ApiRequest['method'],
        path: url.slice(KUBERNETES.length),
        headers: Object.fromEntries(headers),
        user: behind.user,
        ...(body === undefined ? {} : { body }),
      };
      const { status, headers: sent, body: text } = answer(behind.cluster, request);
      return new Response(text, { status, headers: sent });
    }
    const [, api, path] = PROMETHEUS.exec(url) ?? [];
    if (path === undefined) return new Response('{}', { status: 404, headers: { 'Content-Type': 'application/json' } });
    const reply = await doorTo(behind).get({ to: api === 'prometheus' ? 'prometheus' : 'tenancy', path }, new AbortController().signal);
    if (reply.state === 'failed') throw new TypeError('Failed to fetch');
    return new Response(reply.body, {
      status: reply.status,
      headers: { 'Content-Type': 'application/json', Date: new Date(reply.date ?? 0).toUTCString() },
    });
  };
