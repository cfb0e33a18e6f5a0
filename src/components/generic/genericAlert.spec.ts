import { type LoadedRule } from '../../engine';
import { genericAlert } from './genericAlert';
import { safeHref } from './safeHref';

const rule = (states: readonly ('firing' | 'pending' | 'inactive')[]): LoadedRule => ({
  alert: 'Some', expr: 'up == 0', for: 60, labels: { severity: 'warning' }, annotations: { summary: 'of the rule' }, health: 'ok',
  alerts: states.map((state, i) => ({ state, labels: { name: `vm-${i}` }, annotations: { summary: `of ${i}` }, activeAt: '2026-11-21T09:00:00Z' })),
});

test.each<[string, readonly ('firing' | 'pending' | 'inactive')[], Record<string, string>, string, number]>([
  ['the instance in the address', ['firing', 'pending'], { name: 'vm-1' }, 'pending', 1],
  ['an instance that is gone', ['firing', 'firing'], { name: 'vm-9' }, 'gone', 2],
  ['nothing that fires', ['inactive'], {}, 'inactive', 0],
])('%s', (_, states, wanted, state, others) => {
  const alert = genericAlert([rule(states)], 'Some', wanted);
  expect(alert).toMatchObject({ state, rule: { expr: 'up == 0', severity: 'warning' } });
  expect(alert?.others).toHaveLength(others);
});

test('a name that no rule has is unknown', () => expect(genericAlert([rule(['firing'])], 'Other', {})).toBeUndefined());

test.each([['https://kubevirt.io/x', 'https://kubevirt.io/x'], ['http://a/', 'http://a/'], ['javascript:alert(1)', undefined], ['data:text/html,x', undefined], ['/relative', undefined], [undefined, undefined]])(
  'the address %s is followed only if it is http', (address, href) => expect(safeHref(address)).toBe(href));
