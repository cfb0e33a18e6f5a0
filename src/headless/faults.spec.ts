import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Pair, newAuthority, newCertificate } from '../../sandbox/launch/testing-realServer';
import { freePort } from '../../sandbox/launch/port';
import { type Built, type Ran, buildForSpec } from './testing-command';
import { saying, startCounted } from './testing-servers';
import { type CommandStage, type StageProps, kubeconfigOf, setCommandStage } from './testing-stage';
import { type Findings } from './findings';

jest.setTimeout(120_000);

const SCENARIO = 'operator-scaled-to-zero';

let command: Built;
let stage: CommandStage;
let authority: Pair;
let stranger: Pair;
let pair: Pair;
beforeAll(async () => {
  [command, stage, authority, stranger] = await Promise.all([buildForSpec(), setCommandStage({ scenario: SCENARIO }), newAuthority('ours'), newAuthority('theirs')]);
  pair = await newCertificate(authority, 'kube-apiserver', 'server');
});
afterAll(() => Promise.all([command.remove(), stage.close()]));

/** Runs in front of a stage of its own that has a fault. */
const atFault = async (props: Partial<StageProps>, args: readonly string[] = ['VirtOperatorDown']): Promise<Ran & { stage: CommandStage }> => {
  const faulty = await setCommandStage({ scenario: SCENARIO, ...props });
  try {
    return { ...(await command.run(['diagnose', ...faulty.there, ...args])), stage: faulty };
  } finally {
    await faulty.close();
  }
};

/** No more than a sentence or two, and nothing of the program's inside. */
const isOneSentence = (err: string): void => {
  expect(err).toMatch(/^[^\n]+\n$/);
  expect(err).not.toMatch(/ {4}at |node:internal|\[object|undefined|Error:/);
};

const withHtml = (_: IncomingMessage, response: ServerResponse): boolean => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>');
  return true;
};

/** Ends the connection in the middle of the answer. */
const cutting = (where: RegExp) => ({ url = '' }: IncomingMessage, response: ServerResponse): boolean => {
  if (!where.test(url)) return false;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '10000' });
  response.write('{"kind":"List","items":[');
  setTimeout(() => response.destroy(), 20);
  return true;
};

const status = (code: number, reason: string, where = /./) => ({ url = '' }: IncomingMessage, response: ServerResponse): boolean => {
  if (!where.test(url)) return false;
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify({ kind: 'Status', status: 'Failure', reason, code, message: reason }));
  return true;
};

describe('the API server', () => {
  it.concurrent('is not there', async () => {
    const port = await freePort();
    const file = await stage.write('gone', kubeconfigOf({ server: `https://127.0.0.1:${port}` }));
    const { code, out, err } = await command.run(['diagnose', '--kubeconfig', file]);
    expect({ code, out }).toEqual({ code: 69, out: '' });
    isOneSentence(err);
    expect(err).toMatch(new RegExp(`^https://127\\.0\\.0\\.1:${port} cannot be reached \\(.*ECONNREFUSED.*\\)\\. Check the address, the network and the proxy\\.`));
  });

  it.concurrent('has a name that nobody knows', async () => {
    const file = await stage.write('nowhere', kubeconfigOf({ server: 'https://api.cluster.invalid:6443' }));
    const { code, err } = await command.run(['diagnose', '--kubeconfig', file]);
    expect(code).toBe(69);
    isOneSentence(err);
    expect(err).toContain('https://api.cluster.invalid:6443 cannot be reached');
  });

  it.concurrent('shows a certificate of another authority', async () => {
    const tls = await setCommandStage({ scenario: SCENARIO, pair });
    const file = await tls.write('wrong', kubeconfigOf({ server: tls.kubernetes.url, 'certificate-authority-data': Buffer.from(stranger.cert).toString('base64') }));
    const { code, err } = await command.run(['diagnose', '--kubeconfig', file, '--prometheus', tls.prometheus.url]);
    await tls.close();
    expect(code).toBe(69);
    isOneSentence(err);
    expect(err).toMatch(/cannot be trusted: its certificate is not trusted: .*\. Name the CA that signed it with --ca-file\./);
    expect(tls.kubernetes.asked).toEqual([]);
  });

  it.concurrent('is a login page', async () => {
    const { code, out, err } = await atFault({ fault: withHtml });
    expect({ code, out }).toEqual({ code: 69, out: '' });
    isOneSentence(err);
    expect(err).toContain('answers, but not as a Kubernetes API does (HTTP 200). A proxy or a login page may be in between.');
  });

  it.concurrent('does not take the token any more: that is said once, and the metrics are read all the same', async () => {
    const { code, out, err } = await atFault({ fault: status(401, 'Unauthorized') });
    expect(code).toBe(2);
    isOneSentence(err);
    expect(err).toContain('does not accept the credentials of user jane. Log in again, or give a token with --token-file.');
    expect(out).toContain('firing for 23 min');
    expect(out).toContain('The credentials are not accepted. Log in again');
  });

  it.concurrent('forbids: the right that is missing is named, the other checks go on', async () => {
    const { code, out, err } = await atFault({ fault: status(403, 'Forbidden', /\/pods\?/) }, ['VirtOperatorDown', '-o', 'json']);
    const [report] = (JSON.parse(out) as Findings).reports;
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(report?.answer).toEqual({ form: 'causeFound', cause: 'scaled-to-zero' });
    expect(report?.steps.find(({ step }) => step === 'pods-running')).toMatchObject({ outcome: 'unknown', missing: [{ reason: 'forbidden', permission: { verb: 'list', resource: 'pods', namespace: 'openshift-cnv' } }] });
  });

  it.concurrent('ends an answer in the middle: that check is unknown, the others go on', async () => {
    const { code, out, stage: { kubernetes } } = await atFault({ fault: cutting(/\/nodes/) });
    expect(code).toBe(1);
    expect(out).toContain('✗ virt-operator is scaled to 0.');
    expect(out).toMatch(/\? Could not check +Are the nodes healthy\?/);
    expect(out).toMatch(/\? nodes \(the connection ended in the middle of the answer\)\. The server could not be reached\./);
    expect(kubernetes.asked.filter(({ path }) => path.includes('/nodes'))).toHaveLength(3);
  });

  it.concurrent('brings a page where a list is wanted: that check is unknown, the others go on', async () => {
    const { code, out } = await atFault({ fault: (request, response) => /\/nodes/.test(request.url ?? '') && withHtml(request, response) });
    expect(code).toBe(1);
    expect(out).toContain('✗ virt-operator is scaled to 0.');
    expect(out).toContain('The answer is not what this API sends. A proxy or a login page may have answered.');
  });
});

describe('Prometheus', () => {
  it.concurrent('is dead: one sentence, asked once at a time, and the cause is found all the same', async () => {
    const port = await freePort();
    const { code, out, err } = await command.run(['diagnose', '--kubeconfig', stage.kubeconfig, '--prometheus', `http://127.0.0.1:${port}`, 'VirtOperatorDown']);
    expect(code).toBe(1);
    isOneSentence(err);
    expect(err).toMatch(/^Alerts cannot be read \(connect ECONNREFUSED .*\): The server could not be reached\.\n$/);
    expect(out).toContain('whether it fires is not known');
    expect(out).toContain('✗ virt-operator is scaled to 0.');
  });

  it.concurrent('is dead, and nothing else was wanted: nothing is known', async () => {
    const port = await freePort();
    const { code, out } = await command.run(['diagnose', '--kubeconfig', stage.kubeconfig, '--prometheus', `http://127.0.0.1:${port}`]);
    expect({ code, out }).toEqual({ code: 2, out: expect.not.stringContaining('No alert of virtualization fires') });
    expect(out).toContain('This is partial');
  });

  it.concurrent('is dead, and Alertmanager knows what fires', async () => {
    const alertmanager = await startCounted({ serve: saying([{ labels: { alertname: 'VirtOperatorDown', severity: 'critical' }, startsAt: '2026-09-14T07:37:00Z', status: { state: 'active', silencedBy: [] } }]) });
    const port = await freePort();
    const { code, out, err } = await command.run(['diagnose', '--kubeconfig', stage.kubeconfig, '--prometheus', `http://127.0.0.1:${port}`, '--alertmanager', alertmanager.url]);
    await alertmanager.close();
    expect(code).toBe(1);
    expect(err).toContain('Those that Alertmanager holds are looked into.');
    expect(out).toContain('✗ virt-operator is scaled to 0.');
  });

  it.concurrent('has no address: that is said', async () => {
    const { code, err } = await command.run(['diagnose', '--kubeconfig', stage.kubeconfig, 'VirtOperatorDown']);
    expect(code).toBe(1);
    expect(err).toContain('No address of Prometheus is known: name it with --prometheus.');
  });

  it.concurrent.each([['a login page', withHtml, 'The answer is not what this API sends.'], ['a refusal', status(403, 'Forbidden'), 'This user may not read it.'], ['an answer that is cut', cutting(/./), 'Alerts cannot be read (the connection ended in the middle of the answer): The server could not be reached.']] as const)(
    'brings %s', async (_, prometheusFault, says) => {
      const { code, out, err } = await atFault({ prometheusFault });
      expect(code).toBe(1);
      isOneSentence(err);
      expect(err).toContain(says);
      expect(out).toContain('✗ virt-operator is scaled to 0.');
    });

  it.concurrent('is not the only one that may be dead', async () => {
    const port = await freePort();
    const { code, err } = await command.run(['diagnose', ...stage.there, '--alertmanager', `http://127.0.0.1:${port}`, 'VirtOperatorDown']);
    expect(code).toBe(1);
    isOneSentence(err);
    expect(err).toContain('whether an alert is silenced is not known');
  });
});
