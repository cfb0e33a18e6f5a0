import { createServer } from 'node:net';

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
export async function portTrouble(port: number): Promise<string | undefined> {
  try {
    await listen(port);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  }
}
