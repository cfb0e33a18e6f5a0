import { screen, within } from '@testing-library/react';
import { type Operation, type Plan, type Preview, type UndertakingState, msg } from '../../engine';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { REPORTS, stepReport } from '../../testing/reports';
import { Phases } from './Phases';
import { RefusalNotice } from './RefusalNotice';
import { Undertaken } from './Undertaken';

const operation: Operation = {
  id: 'scale', verb: 'patch', subresource: 'scale', patch: [{ op: 'add', path: '/spec/replicas', value: 2 }],
  target: { kind: 'Deployment', group: 'apps', apiVersion: 'apps/v1', plural: 'deployments', namespace: 'openshift-cnv', name: 'virt-operator', uid: 'u', resourceVersion: '7' },
} as Operation;
const permission = { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'openshift-cnv' };
const plan: Plan = {
  sentence: msg('Scale virt-operator from 0 to 2.'), operations: [operation], effects: [msg('It takes the lease.')], vmsAffected: msg('None.'), owner: msg('OLM accepts it.'),
  confirm: { kind: 'button' }, verify: [], undo: { possible: true, says: msg('Scale to 0 again.'), operations: [operation] },
};
const state = (spec: Partial<UndertakingState> = {}): UndertakingState => ({
  phase: 'previewed', evidence: stepReport('evidence'), plan, permissions: [{ permission, answer: 'allowed' }],
  previews: [{ operation: 'scale', preview: { outcome: 'accepted', changes: [{ path: '/spec/replicas', from: undefined, to: 2 }], also: [] } }],
  results: [], verification: [], undoing: false, choices: [], picked: {}, notes: 'notLeft', saved: [], ...spec,
});
const draw = async (spec: Partial<UndertakingState> = {}, report = REPORTS.causeFound) => {
  const deeds = { startOver: jest.fn(), run: jest.fn().mockResolvedValue(undefined), stop: jest.fn(), undo: jest.fn().mockResolvedValue(undefined) };
  return { ...(await drawn(<Undertaken runbookHref="/runbook" live={{ state: state(spec), report, ...deeds }} />)), deeds };
};
const previewed = (preview: Preview) => ({ previews: [{ operation: 'scale', preview }] });
const button = (name: string) => screen.getByRole('button', { name });

test('the sentence stands on top and is what is confirmed', async () => {
  const { user, deeds } = await draw();
  expect(screen.getAllByText('Scale virt-operator from 0 to 2.')).toHaveLength(2);
  for (const text of ['It takes the lease.', 'None.', 'OLM accepts it.', 'Scale to 0 again.', 'You may patch deployments/scale.']) expect(screen.getByText(text)).toBeInTheDocument();
  expect(within(screen.getByRole('grid', { name: 'Fields that change' })).getByRole('row', { name: '/spec/replicas not set 2' })).toBeInTheDocument();
  await user.click(button('Do it now'));
  expect(deeds.run).toHaveBeenCalled();
});

test.each<[string, Partial<UndertakingState>, RegExp]>([
  ['a refused permission', { permissions: [{ permission, answer: 'refused', words: 'no' }], previews: [] }, /You may not patch deployments\/scale in openshift-cnv: ask somebody who can. The server says: “no”/],
  ['a permission nobody could tell', { permissions: [{ permission, answer: 'unknown' }], previews: [] }, /could not be found out/],
  ['a refused preview', previewed({ outcome: 'rejected', words: 'quota' }), /The server refuses it: “quota”/],
  ['a webhook that is down', previewed({ outcome: 'blocked', webhook: 'virt-api.kubevirt', words: 'no endpoints' }), /passes the webhook virt-api.kubevirt, which does not answer. Repair that first/],
  ['no answer', previewed({ outcome: 'unknown', words: 'timeout' }), /no answer that can be relied on/],
])('%s keeps the deed from being done', async (_, spec, text) => {
  const { user, deeds, container } = await draw(spec);
  expect(container).toHaveTextContent(text);
  expect(button('Do it now')).toHaveAttribute('aria-disabled', 'true');
  await user.click(button('Do it now'));
  expect(deeds.run).not.toHaveBeenCalled();
});

test('a missing permission comes with the commands that grant it, and the address to hand over', async () => {
  const { user, container } = await draw({ permissions: [{ permission, answer: 'refused', words: 'no' }], previews: [] });
  expect(screen.getByRole('textbox', { name: 'Address of this page' })).toHaveValue(window.location.href);
  await user.click(button('How an admin grants you this, and no more'));
  expect(container).toHaveTextContent('oc create role virt-runbooks-patch-deployments-scale -n openshift-cnv --verb=patch --resource=deployments.apps/scale');
  expect(container).toHaveTextContent('--user=sandbox');
  expect(container).toHaveTextContent('oc auth can-i patch deployments.apps --subresource=scale -n openshift-cnv --as=sandbox');
});

test('what only this page can compute is said to be so, and may be done', async () => {
  const { container } = await draw(previewed({ outcome: 'localOnly', changes: [], words: 'no dry run' }));
  expect(container).toHaveTextContent('The change below is computed by this page');
  expect(button('Do it now')).not.toHaveAttribute('aria-disabled', 'true');
});

test('a disruption is acknowledged first', async () => {
  const { user, deeds } = await draw({ plan: { ...plan, confirm: { kind: 'acknowledge', says: msg('4 VMs migrate.') } } });
  await user.click(button('Do it now'));
  expect(deeds.run).not.toHaveBeenCalled();
  await user.click(screen.getByRole('checkbox', { name: '4 VMs migrate.' }));
  await user.click(button('Do it now'));
  expect(deeds.run).toHaveBeenCalled();
});

test('the worst is confirmed by typing a name', async () => {
  const { user, deeds } = await draw({ plan: { ...plan, confirm: { kind: 'typed', name: 'virt-operator', says: msg('VMs shut down.') } } });
  await user.type(screen.getByRole('textbox', { name: 'Type virt-operator to confirm' }), 'virt-operato');
  await user.click(button('Do it now'));
  expect(deeds.run).not.toHaveBeenCalled();
  await user.type(screen.getByRole('textbox'), 'r');
  await user.click(button('Do it now'));
  expect(deeds.run).toHaveBeenCalled();
});

test('while it runs, it can be stopped', async () => {
  const { user, deeds } = await draw({ phase: 'running', results: [{ operation: 'scale', state: 'sending' }] });
  expect(screen.getByText(/0 done · 0 failed · 1 left/)).toBeInTheDocument();
  await user.click(button('Stop sending'));
  expect(deeds.stop).toHaveBeenCalled();
});

test('a lost answer is not called a failure, and leads to a new look', async () => {
  const { user, deeds, container } = await draw({ phase: 'stopped', results: [{ operation: 'scale', state: 'unknown', words: 'timeout' }] });
  expect(container).toHaveTextContent('result unknown: the answer was lost, look at the object before trying again “timeout”');
  await user.click(button('Look again and make a new plan'));
  expect(deeds.startOver).toHaveBeenCalled();
});

test('that the change is applied and that the problem is solved are two sentences', async () => {
  const verification = [stepReport('pods', { asks: msg('Are its pods running?'), outcome: 'fail', says: msg('No.'), actual: msg('0 of 2') })];
  const { user, deeds, container } = await draw({ phase: 'verifying', results: [{ operation: 'scale', state: 'accepted' }], verification });
  expect(container).toHaveTextContent(/The change is applied.*Are its pods running\? 0 of 2.*The alert has not cleared yet: at the earliest 2 min after its condition ends/);
  expect(screen.queryByText(/The problem is solved/)).not.toBeInTheDocument();
  await user.click(button('Preview the undo'));
  expect(deeds.undo).toHaveBeenCalled();
});

test('solved is said once everything has turned', async () => {
  const verification = [stepReport('pods', { says: msg('All pods run.') })];
  await draw({ phase: 'verifying', results: [{ operation: 'scale', state: 'accepted' }], verification }, REPORTS.nothingFoundNotFiring);
  expect(screen.getByText('All pods run.')).toBeInTheDocument();
  expect(screen.getByRole('heading', { name: /The problem is solved: the alert has cleared/ })).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'To the runbook' })).toHaveAttribute('href', '/runbook');
});

test('an alert that cannot be read is not called cleared', async () => {
  const alert = { ...REPORTS.causeFound.alert, state: 'unknown' as const };
  await draw({ phase: 'verifying', results: [{ operation: 'scale', state: 'accepted' }] }, { ...REPORTS.causeFound, alert });
  expect(screen.getByText(/Whether the alert has cleared could not be read/)).toBeInTheDocument();
  expect(screen.queryByText(/The problem is solved/)).not.toBeInTheDocument();
});

test('a plan that is not made says why', async () => {
  await drawn(<RefusalNotice runbookHref="/runbook" refused={{ says: msg('It already wants 2 pods.'), missing: [{ reading: 'x', reason: 'timedOut' }] }} />);
  expect(screen.getByText(/It already wants 2 pods/)).toBeInTheDocument();
  expect(screen.getByText(/did not answer in time/)).toBeInTheDocument();
});

test('the phases say where one stands', async () => {
  await drawn(<Phases phase="previewed" />);
  expect(screen.getAllByRole('listitem').map((step) => step.getAttribute('aria-current'))).toEqual([null, null, 'step', null, null]);
  expect(screen.getByLabelText('Confirm: now')).toBeInTheDocument();
});
