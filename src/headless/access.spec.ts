import { chmod } from 'node:fs/promises';
import { type Pair, newAuthority, newCertificate } from '../../sandbox/launch/testing-realServer';
import { endpointOf } from './access';
import { type Built, type Ran, type RunOptions, buildForSpec } from './testing-command';
import { prometheusOf, startCounted, startProxy } from './testing-servers';
import { type CommandStage, type StageProps, kubeconfigOf, setCommandStage } from './testing-stage';

jest.setTimeout(120_000);

const SCENARIO = 'operator-scaled-to-zero';
const FOUND = '✗ virt-operator is scaled to 0.';

let command: Built;
let authority: Pair;
let pair: Pair;
let client: Pair;
beforeAll(async () => {
  [command, authority] = await Promise.all([buildForSpec(), newAuthority('ours')]);
  [pair, client] = await Promise.all([newCertificate(authority, 'kube-apiserver', 'server'), newCertificate(authority, 'jane', 'client')]);
});
afterAll(() => command.remove());

const inBase64 = (text: string): string => Buffer.from(text).toString('base64');

interface Given {
  readonly props?: Partial<StageProps>;
  /** Content of the kubeconfig. */
  readonly kubeconfig: (stage: CommandStage) => Promise<string> | string;
  readonly args?: (stage: CommandStage) => Promise<readonly string[]>;
  readonly options?: (stage: CommandStage) => Promise<RunOptions>;
}

/** Runs in front of an API server that speaks TLS. */
const overTls = async ({ props = {}, kubeconfig, args, options }: Given): Promise<Ran & { stage: CommandStage }> => {
  const stage = await setCommandStage({ scenario: SCENARIO, pair, ...props });
  try {
    const file = await stage.write('tls', await kubeconfig(stage));
    const more = args ? await args(stage) : [];
    return { ...(await command.run(['diagnose', 'VirtOperatorDown', '--kubeconfig', file, '--prometheus', stage.prometheus.url, ...more], await options?.(stage))), stage };
  } finally {
    await stage.close();
  }
};

const trusting = (stage: CommandStage, more: Readonly<Record<string, unknown>> = {}) => ({ server: stage.kubernetes.url, 'certificate-authority-data': inBase64(authority.cert), ...more });

describe('credentials', () => {
  it.concurrent('are a token of the kubeconfig', async () => {
    const { out } = await overTls({ props: { token: 'sha256~good' }, kubeconfig: (stage) => kubeconfigOf(trusting(stage), { token: 'sha256~good' }) });
    expect(out).toContain(FOUND);
  });

  it.concurrent('are a token in a file, in place of those of the kubeconfig', async () => {
    const { out, stage } = await overTls({
      props: { token: 'sha256~good' }, kubeconfig: (at) => kubeconfigOf(trusting(at), { token: 'sha256~old' }), args: async (at) => ['--token-file', await at.write('token', 'sha256~good\n')],
    });
    expect(out).toContain(FOUND);
    expect(new Set(stage.kubernetes.asked.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer sha256~good']));
  });

  it.concurrent('are a client certificate', async () => {
    const { out } = await overTls({ props: { clients: authority.cert }, kubeconfig: (stage) => kubeconfigOf(trusting(stage), { 'client-certificate-data': inBase64(client.cert), 'client-key-data': inBase64(client.private) }) });
    expect(out).toContain(FOUND);
  });

  it.concurrent('are not there: the check is unknown, and that is said', async () => {
    const { code, err } = await overTls({ props: { clients: authority.cert }, kubeconfig: (stage) => kubeconfigOf(trusting(stage)) });
    expect(code).toBe(2);
    expect(err).toContain('does not accept the credentials of user jane');
  });

  it.concurrent('come from a program', async () => {
    const { out, err } = await overTls({ props: { token: 'sha256~made' }, kubeconfig: async (stage) => {
      const program = await stage.write('credentials', `#!/bin/sh\necho '${JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'sha256~made' } })}'\n`);
      await chmod(program, 0o755);
      return kubeconfigOf(trusting(stage), { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: program, interactiveMode: 'Never' } });
    } });
    expect(err).toBe('');
    expect(out).toContain(FOUND);
  });

  it.concurrent('come from a program that fails: nothing was read', async () => {
    const { code, err, stage } = await overTls({ kubeconfig: (at) => kubeconfigOf(trusting(at), { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/nonexistent/credentials' } }) });
    expect(code).toBe(69);
    expect(err).toMatch(/^The credentials of user jane cannot be had \(.+\)\. Log in again, or give a token with --token-file\.\n$/);
    expect(stage.kubernetes.asked).toEqual([]);
  });

  it.concurrent('do not go to another machine in clear text', async () => {
    const { code, err } = await overTls({
      props: { token: 'sha256~good' }, kubeconfig: (stage) => kubeconfigOf(trusting(stage), { token: 'sha256~good' }), args: async () => ['--prometheus', 'http://prometheus.cluster.invalid:9090'],
    });
    expect(code).toBe(1);
    expect(err).toContain('The token is not sent to http://prometheus.cluster.invalid:9090, because that address is not https');
    const [far, near] = await Promise.all(['http://api.cluster.invalid:8080', 'http://localhost:8080'].map((server) =>
      endpointOf({ context: 'lab', cluster: { name: 'c', server, skipTLSVerify: false }, user: { name: 'jane', token: 'sha256~good' } })));
    expect([far?.headers, near?.headers]).toEqual([{}, { Authorization: 'Bearer sha256~good' }]);
  });

  it.concurrent('are never printed', async () => {
    const { out, err } = await overTls({ props: { token: 'sha256~other' }, kubeconfig: (stage) => kubeconfigOf(trusting(stage), { token: 'sha256~secret' }), args: async () => ['--verbose', '-o', 'json'] });
    expect(out + err).not.toContain('sha256~secret');
  });
});

describe('the certificate of the server', () => {
  it.concurrent('is believed if --ca-file names who signed it', async () => {
    const { out } = await overTls({ kubeconfig: (stage) => kubeconfigOf({ server: stage.kubernetes.url }), args: async (stage) => ['--ca-file', await stage.write('ca.crt', authority.cert)] });
    expect(out).toContain(FOUND);
  });

  it.concurrent('is not looked at where the kubeconfig says so, and that of Prometheus is all the same', async () => {
    const prometheus = await startCounted({ pair, serve: prometheusOf({ get: () => Promise.reject(new Error('never asked')) }) });
    const { out, err } = await overTls({ kubeconfig: (stage) => kubeconfigOf({ server: stage.kubernetes.url, 'insecure-skip-tls-verify': true }), args: async () => ['--prometheus', prometheus.url] });
    await prometheus.close();
    expect(out).toContain(FOUND);
    expect(err).toContain('its certificate is not trusted');
    expect(prometheus.asked).toEqual([]);
  });
});

describe('a proxy', () => {
  it.concurrent('of the environment is gone through, except where NO_PROXY says otherwise', async () => {
    const proxy = await startProxy();
    const given = { kubeconfig: (stage: CommandStage) => kubeconfigOf(trusting(stage)) };
    const [through, past] = await Promise.all([
      overTls({ ...given, options: async () => ({ env: { HTTPS_PROXY: proxy.url } }) }),
      overTls({ ...given, options: async () => ({ env: { HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1' } }) }),
    ]);
    await proxy.close();
    expect([through, past].map(({ out }) => out.includes(FOUND))).toEqual([true, true]);
    const places = new Set(proxy.tunnels);
    expect(places).toEqual(new Set([new URL(through.stage.kubernetes.url).host]));
    expect(proxy.tunnels.length).toBeLessThanOrEqual(6);
  });

  it.concurrent('of the kubeconfig is gone through', async () => {
    const proxy = await startProxy();
    const { out } = await overTls({ kubeconfig: (stage) => kubeconfigOf(trusting(stage, { 'proxy-url': proxy.url })) });
    await proxy.close();
    expect(out).toContain(FOUND);
    expect(proxy.tunnels.length).toBeGreaterThan(0);
  });
});

describe('the kubeconfig', () => {
  it.concurrent('is the one in the environment', async () => {
    const stage = await setCommandStage({ scenario: SCENARIO });
    const { out } = await command.run(['diagnose', '--prometheus', stage.prometheus.url], { env: { KUBECONFIG: stage.kubeconfig } });
    await stage.close();
    expect(out).toContain(FOUND);
  });

  it.concurrent('has another context', async () => {
    const stage = await setCommandStage({ scenario: SCENARIO });
    const { out } = await command.run(['diagnose', ...stage.there, '--context', 'other']);
    await stage.close();
    expect(out).toContain('(context other)');
  });
});

describe('the addresses of monitoring', () => {
  it.concurrent('are those that OpenShift publishes', async () => {
    const published = (url: string) => JSON.stringify({ kind: 'ConfigMap', data: { thanosPublicURL: url } });
    const box: { url?: string } = {};
    const stage = await setCommandStage({ scenario: SCENARIO, fault: (request, response) => {
      if (!request.url?.endsWith('/configmaps/monitoring-shared-config')) return false;
      response.writeHead(200, { 'content-type': 'application/json' }).end(published(box.url ?? ''));
      return true;
    } });
    box.url = stage.prometheus.url;
    const { code, out, err } = await command.run(['diagnose', '--kubeconfig', stage.kubeconfig]);
    await stage.close();
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('firing for 23 min');
  });
});
