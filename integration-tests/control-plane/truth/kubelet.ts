import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import { kubeletLog } from '../../../src/testing/api/podLog';
import { ApiError } from '../../../src/testing/api/status';
import { type Cluster } from '../../../src/testing/cluster';

/** Answers for every kubelet of a cluster: what its pods wrote. */
export interface Kubelet {
  readonly port: number;
  /** From now on the pods of this cluster are the ones. */
  readonly show: (cluster: Cluster) => void;
  readonly close: () => Promise<void>;
}

const listening = (server: Server): Promise<number> => new Promise((resolve, reject) => {
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
});

/**
 * Serves `/containerLogs/NAMESPACE/POD/CONTAINER` over TLS as a kubelet does: the API server calls it at the address and port
 * that the node's status names. Simulated: the lines, and the kubelet's refusals, are those of the world.
 */
export const startKubelet = async (dir: string): Promise<Kubelet> => {
  let shown: Cluster | undefined;
  const pki = (name: string): Buffer => readFileSync(path.join(dir, 'pki', name));
  const server = createServer({ cert: pki('kubelet.crt'), key: pki('kubelet.key') }, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://kubelet');
    const [what, namespace, name, container] = pathname.split('/').slice(1).map(decodeURIComponent);
    const pod = shown?.get('Pod', namespace, name ?? '');
    if (what !== 'containerLogs' || !shown || !pod || container === undefined) {
      response.writeHead(404).end(`pod ${JSON.stringify(`${name}_${namespace}`)} does not exist`);
      return;
    }
    try {
      const text = kubeletLog(shown, pod, container, searchParams);
      response.writeHead(200, { 'content-type': 'text/plain' }).end(text);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // The kubelet answers with the words alone; the API server makes a Status of them.
      response.writeHead(error.code, { 'content-type': 'text/plain' }).end(error.message);
    }
  });
  const port = await listening(server);
  return {
    port,
    show: (cluster) => {
      shown = cluster;
    },
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
};
