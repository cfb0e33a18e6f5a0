import { type ChildProcess } from 'node:child_process';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Built, type Ran, type RunOptions, buildForSpec } from './testing-command';
import { type Asked, type Fault } from './testing-servers';
import { type CommandStage, type StageProps, setCommandStage } from './testing-stage';
import { type Findings } from './findings';

jest.setTimeout(120_000);

let command: Built;
beforeAll(async () => { command = await buildForSpec(); });
afterAll(() => command.remove());

const runAt = async (props: Partial<StageProps>, args: readonly string[], options?: (stage: CommandStage) => RunOptions): Promise<Ran & { stage: CommandStage }> => {
  const stage = await setCommandStage({ scenario: 'operator-scaled-to-zero', ...props });
  try {
    return { ...(await command.run(['diagnose', ...stage.there, ...args], options?.(stage))), stage };
  } finally {
    await stage.close();
  }
};

const requests = ({ kubernetes, prometheus }: CommandStage): readonly Asked[] => [...kubernetes.asked, ...prometheus.asked];
const times = ({ kubernetes }: CommandStage, where: RegExp): number => kubernetes.asked.filter(({ path }) => where.test(path)).length;

describe('what is sent', () => {
  it.concurrent.each(['healthy', 'operator-image-pull', 'leader-lease-forbidden', 'launchers-tenant-loop'])('is reads and nothing else: %s', async (scenario) => {
    const { stage } = await runAt({ scenario }, ['--all']);
    const writes = requests(stage).filter(({ method, path }) => method !== 'GET' && !(method === 'POST' && path === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'));
    expect(writes).toEqual([]);
    expect(requests(stage).filter(({ path }) => path.includes('/secrets'))).toEqual([]);
    expect(stage.kubernetes.asked[0]).toMatchObject({ method: 'GET', path: '/version' });
  });

  it.concurrent('goes over few connections, at most six requests at once', async () => {
    const { code, stage } = await runAt({ delay: 50 }, ['--all']);
    expect(code).toBe(1);
    expect(stage.tally.most).toBeLessThanOrEqual(6);
    expect(stage.tally.most).toBeGreaterThan(1);
    for (const server of [stage.kubernetes, stage.prometheus]) {
      expect(server.connections()).toBeLessThanOrEqual(6);
      expect(server.asked.length).toBeGreaterThan(server.connections());
    }
  });
});

/** Fails the first `many` requests to a place. */
const failing = (where: RegExp, many: number, how: (response: ServerResponse) => void): Fault => {
  let left = many;
  return ({ url = '' }: IncomingMessage, response: ServerResponse) => {
    if (left === 0 || !where.test(url)) return false;
    left -= 1;
    how(response);
    return true;
  };
};
const status = (code: number, headers: Record<string, string> = {}) => (response: ServerResponse): void => {
  response.writeHead(code, { 'content-type': 'application/json', ...headers }).end('{"kind":"Status"}');
};
const hangUp = (response: ServerResponse): void => {
  response.destroy();
};
const NODES = /^\/api\/v1\/nodes/;

describe('a read that fails', () => {
  it.concurrent.each([
    ['is not let in now (503)', status(503)], ['is one too many (429)', status(429, { 'retry-after': '1' })], ['finds the server broken (500)', status(500)], ['loses its connection', hangUp],
  ] as const)('is tried again when it %s', async (_, how) => {
    const { out, stage } = await runAt({ fault: failing(NODES, 1, how) }, ['VirtOperatorDown', '--verbose']);
    expect(out).toMatch(/✓ Fine +Are the nodes healthy\?/);
    expect(times(stage, NODES)).toBe(2);
  });

  it.concurrent('is given up after three times', async () => {
    const { out, stage } = await runAt({ fault: failing(NODES, 99, status(500)) }, ['VirtOperatorDown']);
    expect(out).toMatch(/\? Could not check +Are the nodes healthy\?/);
    expect(times(stage, NODES)).toBe(3);
  });

  it.concurrent.each([401, 403, 404, 410])('is not tried again after %d', async (code) => {
    const { stage } = await runAt({ fault: failing(NODES, 99, status(code)) }, ['VirtOperatorDown']);
    expect(times(stage, NODES)).toBe(1);
  });
});

/** Sends a signal once so many requests came. */
const signalAfter = (many: number, signal: NodeJS.Signals) => (stage: CommandStage): RunOptions => ({
  started: (child: ChildProcess) => void (async () => {
    while (requests(stage).length < many && child.exitCode === null) await sleep(10);
    child.kill(signal);
  })(),
});

/** Leaves one question without an answer for ever, so that the run cannot end by itself. */
const hanging: Fault = ({ url = '' }) => NODES.test(url);

describe('a run that is stopped', () => {
  it.concurrent('tells what it knows by then, and that it is not all', async () => {
    const { code, out, err } = await runAt({ fault: hanging }, ['VirtOperatorDown'], signalAfter(14, 'SIGINT'));
    expect([1, 2]).toContain(code);
    expect(out).toMatch(/^VirtOperatorDown {2}/);
    expect(out).toContain('… not answered');
    expect(out).toContain('This is partial: not every question was answered.');
    expect(err).toBe('');
  });

  it.concurrent('says so in JSON', async () => {
    const { code, out } = await runAt({ fault: hanging }, ['--all', '-o', 'json'], signalAfter(14, 'SIGTERM'));
    const { partial, reports } = JSON.parse(out) as Findings;
    expect(partial).toBe(true);
    expect(reports.some(({ counts }) => counts.waiting > 0)).toBe(true);
    expect([1, 2]).toContain(code);
  });

  it.concurrent('by its own time limit does the same', async () => {
    const { code, out } = await runAt({ fault: hanging }, ['--all', '--timeout', '6', '-o', 'json']);
    expect((JSON.parse(out) as Findings).partial).toBe(true);
    expect([1, 2]).toContain(code);
  });

  it.concurrent('before anything came says only that', async () => {
    const { code, out, err } = await runAt({ delay: 20_000 }, ['VirtOperatorDown'], signalAfter(1, 'SIGINT'));
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: 'Stopped before anything was known.\n' });
  });
});
