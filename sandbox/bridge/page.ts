import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { indexPage, type ServerFlags } from './indexPage';
import { replyJson } from './reply';
import { contentSecurityPolicy } from './security';

/** Sends the one HTML page there is, whatever its address, with the cookies it needs. */
export function sendPage(request: IncomingMessage, response: ServerResponse, flags: ServerFlags, cookies: readonly string[]): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    replyJson(response, 405, { message: 'A page can only be read.' });
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Set-Cookie': [...cookies],
  });
  response.end(indexPage(flags, nonce));
}
