import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../src/testing/cluster';
import { runControllers } from '../../src/testing/controllers';
import { scenarios } from '../../src/testing/scenarios';
import { clusterAdmin } from '../../src/testing/users';
import { clusterOf } from '../../src/testing/world';
import { startApiServer, type ApiServer } from './server';

/** What the real kubectl makes of the simulator: an outside check that nobody here can talk round. */

jest.setTimeout(120_000);

interface Said {
  code: number;
  out: string;
}

let cluster: Cluster;
let api: ApiServer;
let cache: string;
let stop: () => void;
let present = false;

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, KUBECONFIG: path.join(cache, 'none') });
const argumentsOf = (line: readonly string[]): string[] => [`--server=${api.url}`, `--cache-dir=${cache}`, ...line];

/** Runs kubectl; `out` holds both of its streams. */
function kubectl(...line: string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile('kubectl', argumentsOf(line), { env: environment() }, (error, stdout, stderr) => resolve({ code: error ? 1 : 0, out: `${stdout}${stderr}` }));
  });
}

const inCnv = (...line: string[]): Promise<Said> => kubectl('-n', 'openshift-cnv', ...line);
const OPERATOR = 'deploy/virt-operator';

/** Waits for something to become true, at most twenty seconds. */
async function eventually(isTrue: () => boolean): Promise<void> {
  for (let turns = 0; turns < 200 && !isTrue(); turns += 1) await sleep(100);
  expect(isTrue()).toBe(true);
}

const readyOperators = (): number => cluster.need('Deployment', 'openshift-cnv', 'virt-operator').status.readyReplicas ?? 0;

beforeAll(async () => {
  cache = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-kubectl-'));
  present = await new Promise((resolve) => execFile('kubectl', ['version', '--client'], (error) => resolve(error === null)));
  const scenario = scenarios.find(({ id }) => id === 'operator-scaled-to-zero');
  if (!scenario) throw new Error('no such scenario');
  cluster = clusterOf(scenario, new Date());
  cluster.clock.follow(() => Date.now());
  stop = runControllers(cluster, (run, delay) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  });
  api = await startApiServer({ cluster, port: 0, user: () => clusterAdmin });
});

afterAll(async () => {
  stop();
  await api.close();
  await rm(cache, { recursive: true, force: true });
});

/** A check by kubectl; where there is none it says so, and passes without having checked anything. */
const check = (title: string, body: () => Promise<void>): void => {
  it(title, async () => {
    if (present) await body();
    else console.warn(`NOT CHECKED, there is no kubectl on PATH (Debian: kubernetes-client): ${title}`);
  });
};

check('discovers what is served', async () => {
  const { code, out } = await kubectl('api-resources');
  expect(code).toBe(0);
  expect(out).toMatch(/^virtualmachineinstances\s+vmi,vmis\s+kubevirt\.io\/v1\s+true\s+VirtualMachineInstance$/m);
  expect(out).toMatch(/^nodes\s+no\s+v1\s+false\s+Node$/m);
  expect((await kubectl('version')).out).toContain('Server Version: v1.35');
});

check('gets, by name, by selector, in pages', async () => {
  expect((await kubectl('get', 'nodes', '-o', 'name')).out.trim().split('\n')).toHaveLength(6);
  expect((await inCnv('get', 'pods', '-l', 'kubevirt.io in (virt-api,virt-controller)', '-o', 'name')).out.trim().split('\n')).toHaveLength(4);
  expect((await kubectl('get', 'pods', '-A', '--field-selector', 'spec.nodeName=worker-0,status.phase=Running', '--chunk-size=3', '-o', 'name')).out.trim().split('\n').length).toBeGreaterThan(8);
  expect(await inCnv('get', 'deploy', 'nothing')).toMatchObject({ code: 1, out: expect.stringContaining('Error from server (NotFound): deployments.apps "nothing" not found') as unknown });
  expect(await kubectl('get', 'wonders')).toMatchObject({ code: 1, out: expect.stringContaining(`the server doesn't have a resource type "wonders"`) as unknown });
});

check('asks what it may do', async () => {
  expect((await inCnv('auth', 'can-i', 'patch', 'deployments/scale')).out.trim()).toBe('yes');
  expect((await inCnv('auth', 'can-i', '--list')).out).toMatch(/\*\.\*\s+\[\]\s+\[\]\s+\[\*\]/);
});

check('scales, first without doing it, and watches the pods come', async () => {
  const watch = spawn('kubectl', argumentsOf(['-n', 'openshift-cnv', 'get', 'pods', '-l', 'kubevirt.io=virt-operator', '-w', '-o', 'jsonpath={.status.phase}{"\\n"}']), { env: environment() });
  let seen = '';
  watch.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString('utf8')));
  const gone = new Promise((resolve) => watch.once('close', resolve));
  await sleep(1000);
  expect((await inCnv('scale', OPERATOR, '--replicas=2', '--dry-run=server')).out).toContain('scaled (server dry run)');
  expect(cluster.need('Deployment', 'openshift-cnv', 'virt-operator').spec.replicas).toBe(0);
  expect((await inCnv('scale', OPERATOR, '--replicas=2', '--current-replicas=0')).out).toContain('deployment.apps/virt-operator scaled');
  await eventually(() => readyOperators() === 2);
  await eventually(() => seen.includes('Pending') && seen.includes('Running'));
  watch.kill();
  await gone;
  expect((await inCnv('rollout', 'status', OPERATOR, '--timeout=10s')).out).toContain('successfully rolled out');
});

check('patches, and is told when a test fails', async () => {
  const patch = (from: number, to: number): string => JSON.stringify([{ op: 'test', path: '/spec/replicas', value: from }, { op: 'replace', path: '/spec/replicas', value: to }]);
  expect(await inCnv('patch', OPERATOR, '--type=json', '-p', patch(7, 1))).toMatchObject({ code: 1, out: expect.stringContaining('the server rejected our request due to an error in our request') as unknown });
  expect((await inCnv('patch', OPERATOR, '--type=json', '-p', patch(2, 3))).out).toContain('patched');
  await eventually(() => readyOperators() === 3);
  expect((await kubectl('label', 'node', 'worker-0', 'rack=7')).out).toContain('labeled');
  expect((await kubectl('cordon', 'worker-0')).out).toContain('cordoned');
  await eventually(() => cluster.need('Node', undefined, 'worker-0').spec.taints?.some(({ key }) => key === 'node.kubernetes.io/unschedulable') ?? false);
  expect((await kubectl('uncordon', 'worker-0')).out).toContain('uncordoned');
});

check('deletes a pod, and another takes its place', async () => {
  const [name = ''] = (await inCnv('get', 'pods', '-l', 'kubevirt.io=virt-operator', '-o', 'jsonpath={.items[*].metadata.name}')).out.split(' ');
  expect((await inCnv('delete', 'pod', name)).out).toContain(`pod "${name}" deleted`);
  await eventually(() => cluster.get('Pod', 'openshift-cnv', name) === undefined && readyOperators() === 3);
});

check('reads logs, and is told when there are none', async () => {
  // The pod that took the place of a deleted one may still be starting, and has no log until then.
  expect(await inCnv('wait', '--for=condition=Ready', 'pod', '-l', 'kubevirt.io=virt-operator', '--timeout=30s')).toMatchObject({ code: 0 });
  const [name = ''] = (await inCnv('get', 'pods', '-l', 'kubevirt.io=virt-operator', '--field-selector=status.phase=Running', '-o', 'jsonpath={.items[*].metadata.name}')).out.split(' ');
  expect((await inCnv('logs', name, '--tail=2')).out.trim().split('\n')).toHaveLength(2);
  expect((await inCnv('logs', '-l', 'kubevirt.io=virt-operator', '--prefix')).out).toContain('[pod/virt-operator-');
  expect(await inCnv('logs', name, '--previous')).toMatchObject({ code: 1, out: expect.stringContaining(`previous terminated container "virt-operator" in pod "${name}" not found`) as unknown });
});

check('applies a manifest', async () => {
  const applied = await new Promise<string>((resolve) => {
    const child = execFile('kubectl', argumentsOf(['apply', '--validate=false', '-f', '-']), { env: environment() }, (_, stdout, stderr) => resolve(`${stdout}${stderr}`));
    child.stdin?.end(JSON.stringify({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'spec' }, value: 7, description: 'made by a spec' }));
  });
  expect(applied).toContain('priorityclass.scheduling.k8s.io/spec created');
  expect(cluster.need('PriorityClass', undefined, 'spec').value).toBe(7);
});
