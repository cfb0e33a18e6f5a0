import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { answer } from '../../src/testing/answer';
import type { Cluster } from '../../src/testing/cluster';
import { clusterAdmin } from '../../src/testing/users';

/** Answers the API server's requests for logs as kubelets do, out of the world's logs. */
export interface Kubelet {
  port: number;
  close(): void;
}

const LOGS = /^\/containerLogs\/([^/]+)\/([^/]+)\/([^/?]+)\??(.*)$/;

/** Starts one kubelet for all nodes; `dir` is the folder of the API server, whose certificate for kubelets is used. */
export async function startKubelet(cluster: Cluster, dir: string): Promise<Kubelet> {
  const pki = (name: string): Buffer => readFileSync(path.join(dir, 'pki', name));
  const server = https.createServer({ cert: pki('kubelet.crt'), key: pki('kubelet.key') }, (request, response) => {
    const [, namespace, pod, container, query] = LOGS.exec(request.url ?? '') ?? [];
    const parameters = new URLSearchParams(query);
    parameters.set('container', container ?? '');
    const { status, body } = answer(cluster, { method: 'GET', path: `/api/v1/namespaces/${namespace ?? ''}/pods/${pod ?? ''}/log?${parameters}`, headers: {}, user: clusterAdmin });
    // A kubelet speaks in plain words, and the API server passes its words on.
    const words = status === 200 ? body : (JSON.parse(body) as { message: string }).message;
    response.writeHead(status, { 'Content-Type': 'text/plain' }).end(words);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}
