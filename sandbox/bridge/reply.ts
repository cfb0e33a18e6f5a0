import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';

/** Answers with JSON. */
export function replyJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}

/**
 * Answers with an error that readers of both APIs understand: a Kubernetes Status (`message`, `reason`, `code`) with
 * the fields of a Prometheus error (`error`, `errorType`) beside.
 */
export function replyError(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  replyJson(response, status, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    reason: (STATUS_CODES[status] ?? '').replaceAll(' ', ''),
    code: status,
    message,
    error: message,
    errorType: 'bridge',
  });
}

/** Answers with plain text. */
export function replyText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(`${text}\n`);
}

/** A request's body was larger than is ever meant. */
export class TooLarge extends Error {}

const BODY_LIMIT = 1024 * 1024;

/**
 * The body of a request as text, for the few requests that the bridge reads itself.
 * @throws TooLarge above 1 MiB
 */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new TooLarge('the body is larger than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
