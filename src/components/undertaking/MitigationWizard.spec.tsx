import { screen, within } from '@testing-library/react';
import { type Choice, type Operation, type OperationResult, type Plan, type ReadStep, type UndertakingState, msg } from '../../engine';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { REPORTS, stepReport } from '../../testing/reports';
import { type Live } from './live';
import { MitigationWizard } from './MitigationWizard';
import { PlanSentence } from './PlanSentence';
import { type StepId, isOneScreen, stepAt, stepsOf } from './wizardSteps';

jest.setTimeout(40_000);

const remove = (number: number): Operation => ({
  id: `delete-${number}`, verb: 'delete',
  target: { kind: 'Pod', apiVersion: 'v1', plural: 'pods', namespace: `shop-${number % 3}`, name: `virt-launcher-${number}`, uid: `u${number}`, resourceVersion: '7', createdAt: '2026-11-20T10:00:00Z' },
});
const permission = { verb: 'delete', group: '', resource: 'pods', namespace: 'shop-0' };
const planOf = (operations: readonly Operation[], spec: Partial<Plan> = {}): Plan => ({
  sentence: msg('Delete {{number}} failed pods.', { number: operations.length }), operations, effects: [msg('Their logs go with them.')], vmsAffected: msg('None.'),
  confirm: { kind: 'button' }, verify: [], undo: { possible: false, says: msg('Not possible.') }, ...spec,
});
const selection = { says: msg('Failed launcher pods, all but the newest 2 of each VM.'), fits: { kind: 'Pod', namespaces: 'all namespaces' as const, createdBefore: '2026-11-21' }, errorLimit: 5 };
const many = Array.from({ length: 45 }, (_, number) => remove(number));
const bulk = planOf(many, { selection, confirm: { kind: 'typed', name: 'failed pods', says: msg('45 pods go.') } });
const keep: Choice = { id: 'keep', asks: msg('How many are kept of each VM?'), kind: 'number', least: 0, most: 10, usual: 2, unit: msg('pods') };
const options = (count: number) => Array.from({ length: count }, (_, number) => ({ value: `v${number}`, label: msg('Node {{number}}', { number }), ...(number === 0 ? { hint: msg('It is drained.') } : {}) }));
const one = (count: number): Choice => ({ id: 'node', asks: msg('Which node?'), kind: 'one', options: options(count) as [ReturnType<typeof options>[number]] });
const some = (count: number): Choice => ({ id: 'vms', asks: msg('Which VMs?'), kind: 'some', options: options(count), picked: ['v0'] });

const state = (spec: Partial<UndertakingState> = {}): UndertakingState => ({
  phase: 'planned', evidence: stepReport('evidence'), plan: bulk, permissions: [{ permission, answer: 'allowed' }], previews: [],
  results: [], verification: [], undoing: false, choices: [], picked: {}, notes: 'impossible', saved: [], ...spec,
});
const sampled = (plan: Plan) => plan.operations.slice(0, 3).map(({ id }) => ({ operation: id, preview: { outcome: 'accepted' as const, changes: [], also: [] } }));
const previewed = (plan: Plan, spec: Partial<UndertakingState> = {}) => state({ phase: 'previewed', plan, previews: sampled(plan), ...spec });

const draw = async (now: UndertakingState, at: StepId, more: Partial<Live> = {}) => {
  const deeds = { startOver: jest.fn(), run: jest.fn().mockResolvedValue(undefined), stop: jest.fn(), undo: jest.fn().mockResolvedValue(undefined), pick: jest.fn(), leaveNotes: jest.fn(), preview: jest.fn().mockResolvedValue(undefined) };
  const [onGo, onLookAgain] = [jest.fn(), jest.fn()];
  const live: Live = { state: now, report: REPORTS.causeFound, overtaken: undefined, sentAt: undefined, ...deeds, ...more };
  const element = (given: StepId) => <><PlanSentence state={now} onStop={deeds.stop} /><MitigationWizard mitigation={{ summary: msg('Removes what is left.'), vms: msg('None.'), undo: msg('Not possible.') }} live={live} runbookHref="/runbook" at={given} onGo={onGo} onLookAgain={onLookAgain} /></>;
  return { ...(await drawn(element(at))), deeds, onGo, onLookAgain };
};
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const nav = () => screen.getByRole('navigation', { name: 'Steps' });

test('a plan that takes in one target of little risk is one screen; a choice, a selection or a tick is not', () => {
  const single = planOf([remove(1)]);
  expect(isOneScreen({ risk: 'low' }, { choices: [], plan: single })).toBe(true);
  expect(isOneScreen({ risk: 'high' }, { choices: [], plan: single })).toBe(false);
  expect(isOneScreen({ risk: 'low' }, { choices: [keep], plan: single })).toBe(false);
  expect(isOneScreen({ risk: 'low' }, { choices: [], plan: planOf(many.slice(0, 2)) })).toBe(false);
  expect(isOneScreen({ risk: 'low' }, { choices: [], plan: planOf([remove(1)], { confirm: { kind: 'acknowledge', says: msg('.') } }) })).toBe(false);
  const note = { id: 'note', verb: 'create', afterAll: true, object: {}, target: { ...remove(1).target, kind: 'Event' } } as unknown as Operation;
  expect(isOneScreen({ risk: 'low' }, { choices: [], plan: planOf([remove(1), note]) })).toBe(true);
});

test('steps with nothing to decide are left out', () => {
  expect(stepsOf(state())).toContain('targets');
  expect(stepsOf(state({ plan: planOf([remove(1)]) }))).not.toContain('targets');
  expect(stepsOf(state({ undoing: true }))).toEqual(['permission', 'confirm', 'run', 'verify']);
});

test.each<[UndertakingState['phase'], string | undefined, StepId]>([
  ['planned', undefined, 'understand'], ['planned', 'targets', 'targets'], ['planned', 'confirm', 'confirm'], ['planned', 'run', 'permission'], ['reading', 'verify', 'permission'],
  ['planned', 'nonsense', 'understand'], ['previewed', 'confirm', 'confirm'], ['previewed', 'run', 'permission'], ['running', 'understand', 'run'], ['stopped', 'verify', 'run'],
  ['verifying', 'run', 'run'], ['verifying', 'confirm', 'verify'], ['refused', 'confirm', 'targets'], ['refused', undefined, 'understand'],
])('while %s the address %s leads to the step %s', (phase, wanted, at) => expect(stepAt(state({ phase }), wanted)).toBe(at));

test('the first step says what will happen, and leads on', async () => {
  const { user, onGo } = await draw(state(), 'understand');
  expect(screen.getByRole('heading', { level: 2, name: 'Understand' })).toBeInTheDocument();
  expect(screen.getByText('Their logs go with them.')).toBeInTheDocument();
  expect(within(nav()).getByRole('button', { name: 'Run' })).toBeDisabled();
  await user.click(button('Next'));
  expect(onGo).toHaveBeenCalledWith('targets');
  await user.click(within(nav()).getByRole('button', { name: 'Permission and preview' }));
  expect(onGo).toHaveBeenCalledWith('permission');
  expect(screen.getByRole('link', { name: 'To the runbook' })).toHaveAttribute('href', '/runbook');
});

test('a selection says what it takes in, how much is where, when it stops, and shows a sample', async () => {
  const { container } = await draw(state(), 'targets');
  expect(container).toHaveTextContent('Failed launcher pods, all but the newest 2 of each VM.');
  expect(container).toHaveTextContent('45 objects in 3 namespaces');
  expect(container).toHaveTextContent('Once more than 5 have failed.');
  expect(within(screen.getByRole('grid', { name: 'By namespace' })).getByRole('row', { name: 'shop-0 15' })).toBeInTheDocument();
  const rows = within(screen.getByRole('grid', { name: 'Sample' })).getAllByRole('row').slice(1);
  expect(rows).toHaveLength(10);
  expect(rows[0]).toHaveTextContent('Podshop-0/virt-launcher-0It is deleted.');
});

test('listed targets are a table that leads to each', async () => {
  await draw(state({ plan: planOf(many) }), 'targets');
  expect(screen.getAllByRole('link', { name: /virt-launcher-/ })).toHaveLength(20);
  expect(screen.getByText('1–20 of 45')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'shop-1/virt-launcher-1' })).toHaveAttribute('href', '/k8s/ns/shop-1/pods/virt-launcher-1');
});

test('few options are buttons to choose from, many a list', async () => {
  const few = await draw(state({ choices: [one(3)], picked: { node: 'v0' } }), 'targets');
  expect(screen.getByRole('radiogroup', { name: 'Which node?' })).toBeInTheDocument();
  expect(screen.getByRole('radio', { name: 'Node 0' })).toBeChecked();
  expect(screen.getByText('It is drained.')).toBeInTheDocument();
  await few.user.click(screen.getByRole('radio', { name: 'Node 2' }));
  expect(few.deeds.pick).toHaveBeenCalledWith('node', 'v2');
  few.unmount();
  const more = await draw(state({ choices: [one(9)], picked: { node: 'v0' } }), 'targets');
  await more.user.selectOptions(screen.getByRole('combobox', { name: 'Which node?' }), 'Node 7');
  expect(more.deeds.pick).toHaveBeenCalledWith('node', 'v7');
});

test('some of many can be searched for; the last one stays', async () => {
  const { user, deeds } = await draw(state({ choices: [some(30)], picked: { vms: 'v0,v3' } }), 'targets');
  expect(screen.getByText('2 of 30 are picked; at least one stays so.')).toBeInTheDocument();
  await user.click(screen.getByRole('checkbox', { name: 'Node 3' }));
  expect(deeds.pick).toHaveBeenLastCalledWith('vms', 'v0');
  await user.type(screen.getByRole('textbox', { name: 'Search: Which VMs?' }), 'Node 2');
  expect(screen.getAllByRole('checkbox')).toHaveLength(11);
  await user.click(button('Pick only what is found'));
  expect(deeds.pick).toHaveBeenLastCalledWith('vms', 'v2,v20,v21,v22,v23,v24,v25,v26,v27,v28,v29');
});

test('of one picked thing nothing can be taken away', async () => {
  await draw(state({ choices: [some(3)], picked: { vms: 'v0' } }), 'targets');
  expect(screen.getByRole('checkbox', { name: 'Node 0' })).toBeDisabled();
  expect(screen.getByRole('checkbox', { name: 'Node 1' })).toBeEnabled();
});

test('a number out of bounds is said to be so and not taken', async () => {
  const { user, deeds } = await draw(state({ choices: [keep], picked: { keep: '2' } }), 'targets');
  await user.click(button('One more: How many are kept of each VM?'));
  expect(deeds.pick).toHaveBeenCalledWith('keep', '3');
  const field = screen.getByRole('spinbutton', { name: 'How many are kept of each VM?' });
  await user.clear(field);
  await user.paste('99');
  expect(screen.getByText('A whole number from 0 to 10.')).toBeInTheDocument();
  expect(field).toHaveValue(99);
  expect(deeds.pick).not.toHaveBeenCalledWith('keep', '99');
  await user.tab();
  expect(field).toHaveValue(2);
});

test('what was picked may allow no plan: why is said where one can pick something else', async () => {
  const { user, onGo } = await draw(state({ phase: 'refused', plan: undefined, refused: { says: msg('That node has no room.'), missing: [] }, choices: [one(2)], picked: { node: 'v0' } }), 'targets');
  expect(screen.getByText('That node has no room.')).toBeInTheDocument();
  expect(screen.getByRole('radio', { name: 'Node 1' })).toBeInTheDocument();
  await user.click(button('Next'));
  expect(onGo).not.toHaveBeenCalled();
  expect(button('Next')).toHaveAccessibleDescription('There is no plan yet.');
});

test('where something has to be decided first, what the mitigation does is told, and the way leads to the decision', async () => {
  const { user, onGo, container } = await draw(state({ phase: 'refused', plan: undefined, refused: { says: msg('Stop the source first.'), missing: [] }, choices: [one(2)], picked: { node: 'v0' } }), 'understand');
  expect(container).toHaveTextContent('Removes what is left.');
  expect(within(nav()).getByRole('button', { name: 'Permission and preview' })).toBeDisabled();
  await user.click(button('Next'));
  expect(onGo).toHaveBeenCalledWith('targets');
});

test('a preview of a selection says what was tried, and what of the logs is kept', async () => {
  const saving = { ...bulk, saveFirst: { logs: [], leftOut: 25 } };
  const saved = [{ namespace: 'shop-0', pod: 'a', container: 'compute', lines: ['panic: x'] }, { namespace: 'shop-1', pod: 'b', lines: [], words: 'not yours' }];
  const { user, container } = await draw(previewed(saving, { saved, webhooks: [] }), 'permission');
  expect(container).toHaveTextContent('Tried on the first object of each of 3 namespaces.');
  expect(container).toHaveTextContent('The ends of 1 of 2 logs are kept in the record');
  expect(container).toHaveTextContent('the logs of 25 more objects are not read');
  expect(container).toHaveTextContent('shop-1/b: not saved. “not yours”');
  await user.click(button('shop-0/a/compute: 1 line'));
  expect(container).toHaveTextContent('panic: x');
  expect(container).toHaveTextContent('It passes no admission webhook.');
});

test('nobody gets past a preview that was not accepted', async () => {
  const { user, onGo } = await draw(previewed(bulk, { previews: [{ operation: 'delete-0', preview: { outcome: 'rejected', words: 'no' } }, ...sampled(bulk).slice(1)] }), 'permission');
  await user.click(button('Next'));
  expect(onGo).not.toHaveBeenCalled();
  expect(within(nav()).getByRole('button', { name: 'Confirm' })).toBeDisabled();
  await user.click(button('Back'));
  expect(onGo).toHaveBeenCalledWith('targets');
});

test('the sentence is confirmed word for word, by typing where it is the worst', async () => {
  const { user, deeds } = await draw(previewed(bulk), 'confirm');
  expect(screen.getAllByText('Delete 45 failed pods.')).toHaveLength(2);
  await user.click(button('Do it now'));
  expect(deeds.run).not.toHaveBeenCalled();
  await user.type(screen.getByRole('textbox', { name: 'Type failed pods to confirm' }), 'failed pods');
  await user.click(button('Do it now'));
  expect(deeds.run).toHaveBeenCalled();
});

test('of a selection, what changed meanwhile is told and does not stand in the way', async () => {
  const { container } = await draw(previewed({ ...bulk, confirm: { kind: 'button' } }), 'confirm', { overtaken: { changed: many.slice(0, 2).map(({ target }) => target), more: 1 } });
  expect(container).toHaveTextContent('2 of the selected objects are gone or changed: they are left out. 1 more object would be selected now: it is no part of this plan.');
  expect(button('Do it now')).not.toHaveAttribute('aria-disabled', 'true');
});

const resultsOf = (count: number, failed: number): readonly OperationResult[] =>
  Array.from({ length: count }, (_, number) => ({ operation: `delete-${number}`, state: number < failed ? 'rejected' : number < 30 ? 'accepted' : 'sending', ...(number < failed ? { words: 'quota' } : {}) }));

test('of a run the failures can be looked at alone, a page at a time, and there is no way back', async () => {
  const { user, deeds } = await draw(state({ phase: 'running', results: resultsOf(45, 4) }), 'run');
  expect(screen.getByText(/26 done · 4 failed · 15 left/, { selector: '.pf-v6-c-progress__description' })).toBeInTheDocument();
  const rows = () => within(screen.getByRole('grid', { name: 'Results' })).getAllByRole('row').slice(1);
  expect(rows()).toHaveLength(20);
  await user.click(button('Next page: Results'));
  expect(screen.getByText('21–40 of 45')).toBeInTheDocument();
  await user.click(button('Failed (4)'));
  expect(rows()).toHaveLength(4);
  expect(rows()[0]).toHaveTextContent('refused by the server “quota”');
  expect(screen.queryByRole('button', { name: 'Back' })).not.toBeInTheDocument();
  for (const name of ['Understand', 'Targets', 'Permission and preview', 'Confirm', 'Verify']) expect(within(nav()).getByRole('button', { name })).toBeDisabled();
  await user.click(button('Stop sending'));
  expect(deeds.stop).toHaveBeenCalled();
  expect(screen.getByText('Stopping. Nothing more is sent; answers still awaited: 15.')).toBeInTheDocument();
});

test('where each waits for the one before, it is said for what', async () => {
  const between = { id: 'running', asks: msg('Are its pods running?') } as ReadStep;
  const { container } = await draw(state({ phase: 'running', plan: planOf(many.slice(0, 2), { pace: { between, patience: 300 } }), results: [{ operation: 'delete-0', state: 'accepted' }, { operation: 'delete-1', state: 'waiting' }] }), 'run');
  expect(container).toHaveTextContent('this has to be answered with yes, within 5 min: Are its pods running?');
});

test('never twenty thousand rows at once', async () => {
  const huge = planOf(Array.from({ length: 20_000 }, (_, number) => remove(number)), { selection });
  await draw(state({ phase: 'running', plan: huge, results: huge.operations.map(({ id }) => ({ operation: id, state: 'waiting' })) }), 'run');
  expect(within(screen.getByRole('grid', { name: 'Results' })).getAllByRole('row')).toHaveLength(21);
  expect(screen.getByText('1–20 of 20,000')).toBeInTheDocument();
});

test('what was done in part goes on with the rest, by a new plan', async () => {
  const { user, container, onLookAgain } = await draw(state({ phase: 'stopped', plan: planOf(many), results: [{ operation: 'delete-0', state: 'accepted' }, { operation: 'delete-1', state: 'changed' }, { operation: 'delete-2', state: 'notSent' }] }), 'run');
  expect(container).toHaveTextContent('Changed or gone since the preview, so not written:Pod shop-1/virt-launcher-1');
  expect(container).toHaveTextContent('it goes on with the rest');
  await user.click(button('Look again and make a new plan'));
  expect(onLookAgain).toHaveBeenCalled();
});

test('after the run one can look back at it, but not before it', async () => {
  const { user, onGo, deeds } = await draw(state({ phase: 'verifying', results: [{ operation: 'delete-0', state: 'accepted' }] }), 'verify');
  expect(screen.getByText('The change is applied.')).toBeInTheDocument();
  expect(within(nav()).getByRole('button', { name: 'Confirm' })).toBeDisabled();
  await user.click(within(nav()).getByRole('button', { name: 'Run' }));
  expect(onGo).toHaveBeenCalledWith('run');
  await user.click(button('Make another plan'));
  expect(deeds.startOver).toHaveBeenCalled();
  expect(onGo).toHaveBeenCalledWith('understand');
});
