import { type Evidence, type Picked, type Refusal, decide, msg, plainText } from '../engine';
import { noLeadingVirtOperator as runbook } from '../runbooks/virt-operator/NoLeadingVirtOperator';
import { kinds } from '../sources/kinds';
import { type KubeObject } from '../sources/objects';
import { launchersFailed } from '../steps/launchersFailed';
import { READ_AT, evidence } from '../testing/evidence';
import { lineOf, made, needOf, plansInTheDark, refusedWith } from '../testing/planned';
import { metadata, minutesAgo } from '../testing/samples';
import { type Checked, deleteChecked } from './deleteChecked';

const checkedOf = (object: KubeObject): Checked =>
  ({ object, sentence: msg('Delete {{name}}.', { name: object.metadata.name }), effects: [msg('It goes.')], vmsAffected: msg('None.'), confirm: { kind: 'button' } });

const mitigation = deleteChecked({
  id: 'delete-account', of: kinds.ServiceAccount, title: msg('Delete an old account'), summary: msg('Deletes it.'), risk: 'medium', vms: msg('Nothing.'), undo: msg('Not possible.'),
  reads: { accounts: { kind: 'list', of: kinds.ServiceAccount, in: 'shop', part: 'metadata', atMost: 10 } },
  check: ({ accounts: { items: [first, ...rest] } }: { readonly accounts: Evidence<KubeObject> }): readonly [Checked, ...Checked[]] | Refusal =>
    (first ? [checkedOf(first), ...rest.map(checkedOf)] : { refused: msg('There is none.') }),
  verify: [launchersFailed], forGood: msg('It does not come back.'),
});

const account = (name: string, more = {}): KubeObject => ({ metadata: metadata(name, { namespace: 'shop', resourceVersion: '7', ...more }) });
const decided = (items: readonly KubeObject[], picked: Picked = {}) => decide(mitigation, { accounts: evidence(items) }, { now: READ_AT, labels: {}, inputs: {} }, picked);

it('deletes the one that was checked, as it was', () => {
  const plan = made(decided([account('old')]).plan);
  expect(plan.operations.map((operation) => lineOf(operation))).toEqual([
    'DELETE /api/v1/namespaces/shop/serviceaccounts/old {"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"uid-old","resourceVersion":"7"}}',
  ]);
  expect(plan.operations.map(needOf)).toEqual(['delete serviceaccounts shop old']);
  expect(plan).toMatchObject({ undo: { possible: false, says: { text: 'It does not come back.' } }, verify: [{ id: 'launchers-failed' }] });
});

it('asks which where there are several, and takes the first if nobody says', () => {
  const { choices } = decided([account('a'), account('b')]);
  expect(choices.flatMap((choice) => (choice.kind === 'one' ? choice.options.map(({ label, value }) => [value, plainText(label)]) : []))).toEqual([['shop/a', 'a in shop'], ['shop/b', 'b in shop']]);
  const targetOf = (picked: Picked) => made(decided([account('a'), account('b')], picked).plan).operations.map(({ target }) => target.name);
  expect(targetOf({})).toEqual(['a']);
  expect(targetOf({ object: 'shop/b' })).toEqual(['b']);
  expect(targetOf({ object: 'kube-system/b' })).toEqual(['a']);
  expect(decided([account('a')]).choices).toEqual([]);
});

it('is refused with the reason of the check, and for what goes anyway', () => {
  expect(refusedWith(decided([]).plan)).toBe('There is none.');
  expect(decided([]).choices).toEqual([]);
  expect(refusedWith(decided([account('old', { deletionTimestamp: minutesAgo(1) })]).plan)).toBe('old is being deleted already.');
});

it('is not planned while nothing can be read', async () => expect(await plansInTheDark(runbook, mitigation)).toEqual([]));
