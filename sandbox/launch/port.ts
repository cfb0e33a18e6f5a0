import { createServer } from 'node:net';
import { Refusal } from './refusal';

const DEFAULT_PORT = 9_000;

const listen = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no address'))));
    });
  });

/** A loopback port that was free a moment ago. */
export function freePort(): Promise<number> {
  return listen(0);
}

/** Why this loopback port cannot be used, as the system's error code (`EADDRINUSE`, `EACCES`); undefined if it can. */
async function portTrouble(port: number): Promise<string | undefined> {
  try {
    await listen(port);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  }
}

/** Reads PORT. Throws a {@link Refusal} for what is no port, and for one that is taken. */
export async function readPort(env: NodeJS.ProcessEnv): Promise<number> {
  const text = env['PORT'] ?? String(DEFAULT_PORT);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal(`PORT=${text} is no port: give a number from 1024 to 65535.`);
  const trouble = await portTrouble(port);
  if (trouble === 'EADDRINUSE') throw new Refusal(`Port ${port} is taken: stop what listens there, or choose another with PORT=… .`);
  if (trouble !== undefined) throw new Refusal(`Port ${port} cannot be used (${trouble}): choose another with PORT=… .`);
  return port;
}

/** Was a rebuild on every change asked for (`make dev`)? */
export const isWatching = (env: NodeJS.ProcessEnv): boolean => env['WATCH'] === '1';
