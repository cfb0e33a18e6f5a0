import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../../sandbox/launch/child';
import { freePort } from '../../../sandbox/launch/port';
import { type Built, type Say, buildPrograms } from '../build';
import { API_SERVER, type ProgramName } from '../programs';
import { AUDIT_POLICY, type AuditEntry, readAudit } from './audit';
import { type ThrowAway, throwAwayFolder } from './folder';
import { type RunningProgram, startProgram, untilReady } from './program';
import { type Answer, type Ask, type Send, Wire } from './request';
import { ADMIN, SYSTEM_USERS, type User, VIEWER, kubeconfig, tokenFile, tokensOf } from './users';

/** How the API server is started; all of it may be left out. */
export interface ApiServerOptions {
  /** Known in addition to `admin` and `viewer`. */
  users?: readonly User[];
  /**
   * Admission plugins to leave out. Alone, the API server needs ServiceAccount left out: the controller that makes each
   * namespace its account is not there, and no pod could be created.
   */
  disableAdmission?: readonly string[];
  /**
   * Controllers of kube-controller-manager to start beside it, by its names for them (`*` for all). Without
   * `clusterrole-aggregation-controller` the roles view, edit and admin are empty; without `garbage-collector-controller` and
   * `namespace-controller` nothing that is deleted takes others with it.
   */
  controllers?: readonly string[];
  /** Where it listens and what it calls itself; only loopback, unless it stands in a network of its own. */
  network?: { bind: string; advertise: string; kubelets: readonly string[] };
  say?: Say;
}

/** A running etcd and kube-apiserver. */
export interface ApiServer {
  /** `https://127.0.0.1:PORT`. */
  url: string;
  port: number;
  /** Where its etcd answers, without TLS: for what the API server itself would not store, such as the age of an object. */
  etcdUrl: string;
  /** The authority it is signed by, as a PEM file and as its text. */
  caFile: string;
  ca: string;
  /** Its throw-away folder: logs (`*.log`), certificates (`pki/`), kubeconfigs. */
  dir: string;
  /** Throws for a name that is no user. */
  tokenOf(user: string): string;
  /** Path of a kubeconfig for the user. */
  kubeconfigOf(user: string): Promise<string>;
  /** Sends a request as the user; undefined is nobody. Any status resolves. */
  as(user: string | undefined): Send;
  /** The writes of everybody up to now, oldest first; leases and events of the programs themselves are left out. */
  audit(): Promise<readonly AuditEntry[]>;
  /** Starts another program beside it, which ends with it; in its folder, or in `cwd`. */
  start(name: string, file: string, args: readonly string[], cwd?: string): RunningProgram;
  /** Resolves with a sentence, and the last lines of the log, if a program ends before `stop`. */
  died: Promise<string>;
  stop(): Promise<void>;
}

/** The first address of the service network: where programs in pods find the API server. */
export const SERVICE_ADDRESS = '10.96.0.1';
const SERVICES = '10.96.0.0/16';
const API_NAMES = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'localhost', '127.0.0.1', SERVICE_ADDRESS];
const LOOPBACK = { bind: '127.0.0.1', advertise: '127.0.0.1', kubelets: ['127.0.0.1'] };

/** What is running, in the order of its start; it is ended in the opposite order. */
class Programs {
  private readonly running: RunningProgram[] = [];
  private stopping = false;
  private tell: (sentence: string) => void = () => undefined;
  readonly died = new Promise<string>((resolve) => (this.tell = resolve));

  constructor(private readonly dir: string) {}

  start(name: string, file: string, args: readonly string[], cwd = this.dir): RunningProgram {
    const program = startProgram({ name, file, args, dir: this.dir, cwd });
    this.running.push(program);
    void program.gone.then((how) => {
      if (!this.stopping && this.running.includes(program)) this.tell(`${name} ended by itself (${how}). It said last:\n${program.lastLines()}`);
    });
    return program;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    for (const program of [...this.running].reverse()) await program.stop();
  }
}

async function startEtcd(programs: Programs, file: string): Promise<string> {
  const [clients, peers] = await Promise.all([freePort(), freePort()]);
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  const etcd = programs.start('etcd', file, [
    '--data-dir=etcd', `--listen-client-urls=${at(clients)}`, `--advertise-client-urls=${at(clients)}`, `--listen-peer-urls=${at(peers)}`,
    `--initial-advertise-peer-urls=${at(peers)}`, `--initial-cluster=default=${at(peers)}`, '--unsafe-no-fsync', '--log-level=warn',
  ]);
  await untilReady(etcd, 60, async () => (await fetch(`${at(clients)}/health`)).ok);
  return at(clients);
}

const apiServerArgs = (etcd: string, port: number, options: ApiServerOptions): readonly string[] => {
  const { bind, advertise } = options.network ?? LOOPBACK;
  const disabled = options.disableAdmission ?? ['ServiceAccount'];
  return [
    `--etcd-servers=${etcd}`, `--secure-port=${port}`, `--bind-address=${bind}`, `--advertise-address=${advertise}`, '--endpoint-reconciler-type=none',
    '--tls-cert-file=pki/apiserver.crt', '--tls-private-key-file=pki/apiserver.key', '--client-ca-file=pki/ca.crt', '--token-auth-file=tokens.csv',
    '--authorization-mode=RBAC', `--service-cluster-ip-range=${SERVICES}`,
    '--service-account-issuer=https://kubernetes.default.svc', '--service-account-key-file=pki/service-account.pub', '--service-account-signing-key-file=pki/service-account.key',
    '--requestheader-client-ca-file=pki/front-proxy-ca.crt', '--requestheader-allowed-names=front-proxy-client', '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group', '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--proxy-client-cert-file=pki/front-proxy-client.crt', '--proxy-client-key-file=pki/front-proxy-client.key',
    // There is no kube-proxy: webhooks and aggregated APIs are called at the addresses of their pods.
    '--enable-aggregator-routing=true', '--allow-privileged=true', '--kubelet-preferred-address-types=InternalIP',
    '--audit-policy-file=audit-policy.json', '--audit-log-path=audit.log', '--profiling=false', '--event-ttl=24h',
    ...(disabled.length === 0 ? [] : [`--disable-admission-plugins=${disabled.join(',')}`]),
  ];
};

async function writeFiles(dir: string, certificates: string, users: readonly User[], tokens: ReadonlyMap<string, string>, { kubelets }: typeof LOOPBACK | NonNullable<ApiServerOptions['network']>): Promise<void> {
  const pki = path.join(dir, 'pki');
  await mkdir(pki);
  await Promise.all([
    run(certificates, ['-dir', pki, '-api-hosts', API_NAMES.join(','), '-kubelet-hosts', ['localhost', ...kubelets].join(',')]),
    writeFile(path.join(dir, 'tokens.csv'), tokenFile(users, tokens), { mode: 0o600 }),
    writeFile(path.join(dir, 'audit-policy.json'), JSON.stringify(AUDIT_POLICY)),
  ]);
}

const VIEWER_BINDING = {
  apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'control-plane:viewer' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }, subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: VIEWER.name }],
};

async function startControllers(server: ApiServer, file: string, controllers: readonly string[]): Promise<void> {
  const config = await server.kubeconfigOf('system:kube-controller-manager');
  const port = await freePort();
  const manager = server.start('kube-controller-manager', file, [
    `--kubeconfig=${config}`, `--secure-port=${port}`, '--bind-address=127.0.0.1', '--leader-elect=false', `--controllers=${controllers.join(',')}`,
    '--root-ca-file=pki/ca.crt', '--service-account-private-key-file=pki/service-account.key', '--use-service-account-credentials=true',
    '--cluster-cidr=10.244.0.0/16', `--service-cluster-ip-range=${SERVICES}`, '--allocate-node-cidrs=true',
  ]);
  const wire = new Wire(`https://127.0.0.1:${port}`, undefined);
  await untilReady(manager, 60, async () => (await wire.send(undefined, { path: '/healthz' })).status === 200).finally(() => wire.close());
}

async function startIn({ dir, remove }: ThrowAway, programs: Programs, built: Built<ProgramName>, options: ApiServerOptions): Promise<ApiServer> {
  const users = [ADMIN, VIEWER, ...SYSTEM_USERS, ...(options.users ?? [])];
  const tokens = tokensOf(users);
  const [port] = await Promise.all([freePort(), writeFiles(dir, built.certificates, users, tokens, options.network ?? LOOPBACK)]);
  const etcdUrl = await startEtcd(programs, built.etcd);
  const program = programs.start('kube-apiserver', built['kube-apiserver'], apiServerArgs(etcdUrl, port, options));
  const url = `https://127.0.0.1:${port}`;
  const caFile = path.join(dir, 'pki', 'ca.crt');
  const ca = await readFile(caFile, 'utf8');
  const wire = new Wire(url, ca);
  const tokenOf = (user: string): string => {
    const token = tokens.get(user);
    if (token === undefined) throw new Error(`${user} is no user of this API server`);
    return token;
  };
  const server: ApiServer = {
    url, port, etcdUrl, caFile, ca, dir, tokenOf,
    kubeconfigOf: async (user) => {
      const file = path.join(dir, `kubeconfig-${user.replaceAll(/[^\w-]/g, '-')}`);
      await writeFile(file, kubeconfig(url, caFile, user, tokenOf(user)), { mode: 0o600 });
      return file;
    },
    as: (user) => (ask: Ask): Promise<Answer> => wire.send(user === undefined ? undefined : tokenOf(user), ask),
    audit: () => readAudit(path.join(dir, 'audit.log')),
    start: (name, file, args, cwd) => programs.start(name, file, args, cwd),
    died: programs.died,
    stop: async () => {
      wire.close();
      await programs.stop();
      await remove();
    },
  };
  // Ready is said when the built-in roles are written, too.
  await untilReady(program, 120, async () => (await server.as(ADMIN.name)({ path: '/readyz' })).status === 200);
  if (options.controllers !== undefined) await startControllers(server, built['kube-controller-manager'], options.controllers);
  await server.as(ADMIN.name)({ method: 'POST', path: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', body: VIEWER_BINDING });
  return server;
}

/**
 * Builds what is missing and starts etcd and kube-apiserver (about seven seconds) in a folder of their own. Throws a
 * `Refusal` with the last lines of the log of whoever failed; nothing is left running then.
 */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const names: readonly ProgramName[] = [...API_SERVER, ...(options.controllers === undefined ? [] : (['kube-controller-manager'] as const))];
  const built = await buildPrograms(names, options.say);
  const folder = await throwAwayFolder();
  const programs = new Programs(folder.dir);
  try {
    return await startIn(folder, programs, built, options);
  } catch (error) {
    await programs.stop();
    await folder.remove();
    throw error;
  }
}
