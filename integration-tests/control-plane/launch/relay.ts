import { type Server, type Socket, connect, createServer } from 'node:net';
import path from 'node:path';

/** Sockets that a relay has open. */
type Open = Set<Socket>;

function join(a: Socket, b: Socket, open: Open): void {
  for (const [socket, other] of [[a, b], [b, a]] as const) {
    open.add(socket);
    socket.pipe(other);
    // Either end may go at any time; the other has nothing more to say then.
    socket.once('error', () => other.destroy());
    socket.once('close', () => {
      open.delete(socket);
      other.destroy();
    });
  }
}

/** Lets connections through until it is closed. */
export interface Relay {
  close(): Promise<void>;
}

async function relay(listen: (server: Server) => void, dial: () => Socket): Promise<Relay> {
  const open: Open = new Set();
  const server = createServer((socket) => join(socket, dial(), open));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', resolve);
    listen(server);
  });
  return {
    close: () => new Promise((resolve) => {
      for (const socket of open) socket.destroy();
      server.close(() => resolve());
    }),
  };
}

const socketAt = (dir: string, name: string): string => path.join(dir, `${name}.sock`);

/** Inside the network namespace: what connects to the socket file reaches the loopback port. A file is the same inside and outside. */
export const fromFile = (dir: string, name: string, port: number): Promise<Relay> =>
  relay((server) => server.listen(socketAt(dir, name)), () => connect(port, '127.0.0.1'));

/** Outside: what connects to the loopback port reaches the socket file. */
export const toFile = (dir: string, name: string, port: number): Promise<Relay> =>
  relay((server) => server.listen(port, '127.0.0.1'), () => connect(socketAt(dir, name)));
