import { screen, within } from '@testing-library/react';
import { type Operation, type Plan, type Preview, type UndertakingState, msg } from '../../engine';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { REPORTS, stepReport } from '../../testing/reports';
import { type Live } from './live';
import { OneScreen } from './OneScreen';
import { Phases } from './Phases';
import { PlanSentence } from './PlanSentence';
import { RefusalNotice } from './RefusalNotice';

jest.setTimeout(40_000);

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
const draw = async (spec: Partial<UndertakingState> = {}, report = REPORTS.causeFound, more: Partial<Live> = {}) => {
  const deeds = {
    startOver: jest.fn(), run: jest.fn().mockResolvedValue(undefined), stop: jest.fn(), undo: jest.fn().mockResolvedValue(undefined),
    pick: jest.fn(), leaveNotes: jest.fn(), preview: jest.fn().mockResolvedValue(undefined),
  };
  const lookAgain = jest.fn();
  const live: Live = { state: state(spec), report, overtaken: undefined, sentAt: undefined, ...deeds, ...more };
  return { ...(await drawn(<><PlanSentence state={live.state} onStop={deeds.stop} /><OneScreen runbookHref="/runbook" live={live} onLookAgain={lookAgain} /></>)), deeds, lookAgain };
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

test('while it runs, it can be stopped, and says what it still waits for', async () => {
  const { user, deeds } = await draw({ phase: 'running', results: [{ operation: 'scale', state: 'sending' }] });
  expect(screen.getByText(/0 done · 0 failed · 1 left/)).toBeInTheDocument();
  expect(screen.getByRole('heading', { name: 'Run' })).toHaveFocus();
  await user.click(button('Stop sending'));
  expect(deeds.stop).toHaveBeenCalledTimes(1);
  expect(screen.getByText('Stopping. Nothing more is sent; answers still awaited: 1.')).toBeInTheDocument();
  await user.click(button('Stop sending'));
  expect(deeds.stop).toHaveBeenCalledTimes(1);
});

test('what changed since the preview is named where it stopped, and before that keeps it from being run', async () => {
  const stopped = await draw({ phase: 'stopped', results: [{ operation: 'scale', state: 'changed', words: 'It was changed.' }] });
  expect(stopped.container).toHaveTextContent('Changed or gone since the preview, so not written:Deployment openshift-cnv/virt-operator');
  stopped.unmount();
  const { user, deeds, lookAgain, container } = await draw({}, REPORTS.causeFound, { overtaken: { changed: [operation.target], more: 0 } });
  expect(container).toHaveTextContent('It has changed since the preview');
  await user.click(button('Do it now'));
  expect(deeds.run).not.toHaveBeenCalled();
  expect(button('Do it now')).toHaveAccessibleDescription('It has changed since the preview: look again.');
  await user.click(button('Look again and make a new plan'));
  expect(lookAgain).toHaveBeenCalled();
});

test('why no such plan would be made any more is said before it is run', async () => {
  await draw({}, REPORTS.causeFound, { overtaken: { changed: [], more: 0, refused: msg('It already wants 2 pods.') } });
  expect(screen.getByRole('heading', { name: /No such plan would be made any more/ })).toBeInTheDocument();
  expect(screen.getByText('It already wants 2 pods.')).toBeInTheDocument();
  expect(button('Do it now')).toHaveAttribute('aria-disabled', 'true');
});

test('a note is left only if somebody wants it, and makes another plan', async () => {
  const { user, deeds } = await draw();
  await user.click(screen.getByRole('checkbox', { name: 'Leave a note (Event) on the object' }));
  expect(deeds.startOver).toHaveBeenCalled();
  expect(deeds.leaveNotes).toHaveBeenCalledWith(true);
});

test('webhooks on the way are named, and what the server changes besides', async () => {
  const { user, container } = await draw({
    webhooks: [{ name: 'vm.kubevirt.io', service: 'openshift-cnv/virt-api', mustAnswer: true }],
    previews: [{ operation: 'scale', preview: { outcome: 'accepted', changes: [], also: [{ path: '/metadata/labels/team', from: undefined, to: 'shop' }] } }],
  });
  await user.click(button('It may pass 1 admission webhook'));
  expect(container).toHaveTextContent('vm.kubevirt.io (openshift-cnv/virt-api): without its answer the write is refused');
  expect(within(screen.getByRole('grid', { name: 'Fields that the server also changes' })).getByRole('row', { name: '/metadata/labels/team not set shop' })).toBeInTheDocument();
});

test('webhooks that could not be read are not said to be none', async () => {
  const { container } = await draw({ webhooks: undefined });
  expect(container).toHaveTextContent('Which admission webhooks it passes is not known');
  expect(container).not.toHaveTextContent('It passes no admission webhook');
});

test('the clock time at which the alert can clear is told, and when it has passed', async () => {
  const verifying = { phase: 'verifying' as const, results: [{ operation: 'scale', state: 'accepted' as const }] };
  const early = await draw(verifying, REPORTS.causeFound, { sentAt: '2026-11-21T09:59:30Z' });
  expect(early.container).toHaveTextContent(/at the earliest at \d+:01/);
  early.unmount();
  const { container } = await draw(verifying, REPORTS.causeFound, { sentAt: '2026-11-21T09:50:00Z' });
  expect(container).toHaveTextContent(/has not cleared, though it could have since \d+:52/);
});

test('a change whose answer was lost is not said to be applied', async () => {
  const { container } = await draw({ phase: 'verifying', results: [{ operation: 'scale', state: 'unknown' }] });
  expect(container).toHaveTextContent('Whether the change is applied everywhere is not known: 1 answers were lost.');
  expect(screen.queryByText('The change is applied.')).not.toBeInTheDocument();
});

test('a lost answer is not called a failure, and leads to a new look', async () => {
  const { user, lookAgain, container } = await draw({ phase: 'stopped', results: [{ operation: 'scale', state: 'unknown', words: 'timeout' }] });
  expect(container).toHaveTextContent('result unknown: the answer was lost, look at the object before trying again “timeout”');
  await user.click(button('Look again and make a new plan'));
  expect(lookAgain).toHaveBeenCalled();
});

test('that the change is applied and that the problem is solved are two sentences', async () => {
  const verification = [stepReport('pods', { asks: msg('Are its pods running?'), outcome: 'fail', says: msg('No.'), actual: msg('0 of 2') })];
  const { user, deeds, container } = await draw({ phase: 'verifying', results: [{ operation: 'scale', state: 'accepted' }], verification });
  expect(container).toHaveTextContent(/The change is applied.*Are its pods running\? 0 of 2.*The alert has not cleared yet: at the earliest at \d+:02.*, 2 min after its condition ends/);
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
