import { type Operation, type Target, commandOfWrite, grantOf } from '../../../src/engine';
import { ProgramFailure, run } from '../../../sandbox/launch/child';
import { buildPrograms } from '../build';
import { type ApiServer, startApiServer } from '../launch/apiServer';

// What is printed for a shell is typed into a shell, with kubectl in the place of oc.
const NAMESPACE = 'openshift-cnv';

let server: ApiServer;
let kubectl: string;
let kubeconfig: string;
beforeAll(async () => {
  ({ kubectl } = await buildPrograms(['kubectl']));
  server = await startApiServer({ users: [{ name: 'jane', groups: [] }] });
  kubeconfig = await server.kubeconfigOf('admin');
  await type(`oc create namespace ${NAMESPACE}`);
}, 1_800_000);
afterAll(() => server?.stop());

/** What the shell printed; what it printed as an error, if it failed. */
const type = async (command: string): Promise<{ ok: boolean; said: string }> => {
  const line = command.replaceAll(/(^|\| )oc /g, (_, before: string) => `${before}'${kubectl}' --kubeconfig '${kubeconfig}' `);
  return run('bash', ['-c', line]).then(({ stdout }) => ({ ok: true, said: stdout.trim() }), (error: unknown) => ({ ok: false, said: error instanceof ProgramFailure ? error.output.stderr.trim() : String(error) }));
};

const made = async (name: string): Promise<Target> => {
  expect(await type(`oc create deployment ${name} -n ${NAMESPACE} --image=none --replicas=0`)).toMatchObject({ ok: true });
  const { metadata } = JSON.parse((await type(`oc get deployment ${name} -n ${NAMESPACE} -o json`)).said) as { metadata: { uid: string; resourceVersion: string } };
  return { kind: 'Deployment', group: 'apps', plural: 'deployments', apiVersion: 'apps/v1', namespace: NAMESPACE, name, uid: metadata.uid, resourceVersion: metadata.resourceVersion };
};

const scaled = (target: Target): Operation => ({
  id: 'scale', verb: 'patch', subresource: 'scale', target,
  patch: [{ op: 'test', path: '/metadata/resourceVersion', value: target.resourceVersion }, { op: 'add', path: '/spec/replicas', value: 2 }],
});

const byHand = (operation: Operation) => type(commandOfWrite(operation).text);

test('a patch by hand is done once, and refused once its object has changed', async () => {
  const target = await made('patched');
  expect(await byHand(scaled(target))).toEqual({ ok: true, said: 'scale.autoscaling/patched patched' });
  expect((await type(`oc get deployment patched -n ${NAMESPACE} -o jsonpath='{.spec.replicas}'`)).said).toBe('2');
  expect(await byHand(scaled(target))).toMatchObject({ ok: false });
});

test('a patch by hand does not reach an object that was created anew', async () => {
  const target = await made('anew');
  await type(`oc delete deployment anew -n ${NAMESPACE}`);
  await made('anew');
  expect(await byHand({ id: 'label', verb: 'patch', target, patch: [{ op: 'add', path: '/spec/paused', value: true }] })).toMatchObject({ ok: false });
});

test('a deletion by hand takes that very object, as it was', async () => {
  const target = await made('deleted');
  expect(await byHand({ id: 'other', verb: 'delete', target: { ...target, uid: 'other' } })).toMatchObject({ ok: false, said: expect.stringContaining('UID in the precondition') });
  await type(`oc label deployment deleted -n ${NAMESPACE} touched=yes`);
  expect(await byHand({ id: 'older', verb: 'delete', target })).toMatchObject({ ok: false, said: expect.stringContaining('ResourceVersion in the precondition') });
  expect(await byHand({ id: 'uid', verb: 'delete', target, uidOnly: true })).toMatchObject({ ok: true });
  expect(await type(`oc get deployment deleted -n ${NAMESPACE}`)).toMatchObject({ ok: false });
});

test('what grants a permission grants it, and only it', async () => {
  const grants = grantOf([
    { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: NAMESPACE, name: 'virt-operator' },
    { verb: 'delete', group: 'coordination.k8s.io', resource: 'leases', namespace: NAMESPACE, name: 'virt-operator' },
    { verb: 'patch', group: '', resource: 'nodes' },
  ], 'jane').map(({ text }) => text);
  const checks = grants.filter((text) => text.startsWith('oc auth can-i'));
  for (const check of checks) expect(await type(check)).toMatchObject({ ok: false });
  for (const text of grants) expect(await type(text)).toMatchObject({ ok: true });
  for (const check of checks) expect(await type(check)).toEqual({ ok: true, said: 'yes' });
  expect(await type(`oc auth can-i patch deployments.apps/virt-api --subresource=scale -n ${NAMESPACE} --as=jane`)).toMatchObject({ ok: false });
  expect(await type(`oc auth can-i delete nodes --as=jane`)).toMatchObject({ ok: false });
});
