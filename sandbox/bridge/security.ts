import type { IncomingMessage } from 'node:http';

/**
 * The content security policy of the index page: the console's own (openshift/console pkg/utils/utils.go), but
 * enforced instead of only reported, without `unsafe-eval`, and without the two Red Hat hosts, since the sandbox
 * talks to nobody.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "base-uri 'self'",
    "default-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "connect-src 'self'",
    "object-src 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Names under which the bridge answers: a page of another site that resolves to 127.0.0.1 is not one of them. */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Was this request addressed to a loopback name? Anything else may be DNS rebinding. */
export const hasLoopbackHost = (request: IncomingMessage): boolean => LOOPBACK_HOST.test(request.headers.host ?? '');

/** Does the request come from our own page? A missing Origin header is not a browser's, so the caller decides. */
export const hasOwnOrigin = (request: IncomingMessage): boolean => request.headers.origin === `http://${request.headers.host ?? ''}`;

/** A cookie's value, undecoded, or undefined. */
export function cookie(request: IncomingMessage, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/** Is somebody on their way to a page of ours by a link? The page itself does nothing, and cannot be framed. */
const opensPage = (request: IncomingMessage): boolean =>
  request.headers['sec-fetch-mode'] === 'navigate' && !/^\/(api|sandbox)\//.test(request.url ?? '');

/**
 * Why a request may not pass, or undefined if it may: what changes something needs the token in header and cookie
 * (openshift/console pkg/auth/csrfverifier). And whatever says that it comes from another page is refused, reads too:
 * some of the Kubernetes API's reads act (a Service behind `…/proxy/…`), and another port of localhost is the same *site*, so that
 * its pages' requests carry our cookies. A preflight is refused like any other method: nobody else may ask.
 */
export function crossSiteProblem(request: IncomingMessage, token: string): string | undefined {
  if (request.headers.origin !== undefined && !hasOwnOrigin(request)) return 'The request comes from another origin.';
  const from = request.headers['sec-fetch-site'];
  if (from !== undefined && from !== 'same-origin' && from !== 'none' && !opensPage(request)) return 'The request comes from a page of another origin.';
  if (SAFE_METHODS.has(request.method ?? 'GET')) return undefined;
  const header = request.headers['x-csrftoken'];
  if (header !== token || cookie(request, 'csrf-token') !== token) {
    return 'The header X-CSRFToken must equal the cookie csrf-token. The console’s fetch functions add it; a plain fetch does not.';
  }
  return undefined;
}
