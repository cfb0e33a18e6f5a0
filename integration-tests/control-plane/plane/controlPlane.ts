import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../../sandbox/launch/child';
import { freePort } from '../../../sandbox/launch/port';
import { Refusal } from '../../../sandbox/launch/refusal';
import { type Built, type Say, buildPrograms } from '../build';
import { type ApiServer, SERVICE_ADDRESS, startApiServer } from '../launch/apiServer';
import { isInNamespace } from '../launch/namespace';
import { untilReady } from '../launch/program';
import { Wire } from '../launch/request';
import { ADMIN, type User } from '../launch/users';
import { ALL } from '../programs';
import { installKubeVirt } from './kubevirt';
import { KUBELET_PORT, NODES, startNodes } from './nodes';

/** Commands of pods whose program is really run; of virt-handler it is a stand-in. */
const REAL = ['virt-operator', 'virt-controller', 'virt-api', 'virt-handler'] as const;

/** The only images that the agent can "pull". */
const IMAGES = 'quay.io/kubevirt/*:v1.8.4';

/** A whole control plane with KubeVirt, available. */
export interface ControlPlane {
  server: ApiServer;
  built: Built;
  /** Runs kubectl as the administrator; throws with its words if it fails. */
  kubectl(...args: readonly string[]): Promise<string>;
  /** The process of a pod whose program is really run. Throws if it never had one. */
  processOf(namespace: string, pod: string): Promise<number>;
  stop(): Promise<void>;
}

/** What may be left out. */
export interface ControlPlaneOptions {
  users?: readonly User[];
  say?: Say;
}

const NETWORK = { bind: '0.0.0.0', advertise: '10.0.0.1', kubelets: NODES.map(({ address }) => address) };

async function startScheduler(server: ApiServer, file: string): Promise<void> {
  const port = await freePort();
  const scheduler = server.start('kube-scheduler', file, [`--kubeconfig=${await server.kubeconfigOf('system:kube-scheduler')}`, `--secure-port=${port}`, '--bind-address=127.0.0.1', '--leader-elect=false']);
  const wire = new Wire(`https://127.0.0.1:${port}`, undefined);
  await untilReady(scheduler, 60, async () => (await wire.send(undefined, { path: '/healthz' })).status === 200).finally(() => wire.close());
}

async function startAgent(server: ApiServer, built: Built): Promise<string> {
  const dir = path.join(server.dir, 'pods');
  await mkdir(dir);
  server.start('pod-agent', built['pod-agent'], [
    `-kubeconfig=${await server.kubeconfigOf('control-plane:agent')}`, `-dir=${dir}`, `-programs=${REAL.map((name) => `${name}=${built[name]}`).join(',')}`, `-images=${IMAGES}`,
    `-listen=0.0.0.0:${KUBELET_PORT}`, '-certificate=pki/kubelet.crt', '-key=pki/kubelet.key', `-api-host=${SERVICE_ADDRESS}`, `-api-port=${server.port}`,
  ]);
  return dir;
}

/**
 * Starts everything and waits until KubeVirt is available: about 80 s. Only in a network namespace of its own
 * (`inNamespace`). Throws a {@link Refusal} with the last words of whoever failed; nothing is left running then.
 */
export async function startControlPlane({ users, say = () => undefined }: ControlPlaneOptions = {}): Promise<ControlPlane> {
  if (!isInNamespace()) throw new Refusal('The whole control plane runs in a network namespace of its own only: start it with `make control-plane` or `make test-control-plane`.');
  const built = await buildPrograms(ALL, say);
  say('Starting etcd, the API server, controllers, scheduler and nodes …');
  const server = await startApiServer({ ...(users ? { users } : {}), disableAdmission: [], controllers: ['*'], network: NETWORK, say });
  try {
    await startScheduler(server, built['kube-scheduler']);
    const pods = await startAgent(server, built);
    await startNodes(server, built.kwok, REAL);
    const died = server.died.then((sentence) => Promise.reject(new Refusal(sentence)));
    await Promise.race([installKubeVirt(server, built, say), died]);
    died.catch(() => undefined);
    const kubeconfig = await server.kubeconfigOf(ADMIN.name);
    return {
      server, built,
      kubectl: async (...args) => (await run(built.kubectl, ['--kubeconfig', kubeconfig, ...args])).stdout,
      processOf: async (namespace, pod) => Number(await readFile(path.join(pods, `${namespace}_${pod}.pid`), 'utf8')),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
