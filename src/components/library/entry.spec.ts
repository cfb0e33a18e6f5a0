import { msg, plainText } from '../../engine';
import { type LibraryEntry, found, queryOf } from './entry';

const entry = (alert: string, spec: Partial<LibraryEntry> = {}): LibraryEntry => ({ alert, aliases: [], group: 'virt-operator', severities: ['warning'], summary: msg('Nothing'), firing: [], ...spec });
const fires = (activeAt: string): LibraryEntry['firing'] => [{
  rule: { alert: 'x', labels: {}, annotations: {}, health: 'ok', alerts: [] }, alert: { labels: {}, annotations: {}, state: 'firing', activeAt },
}];

const entries = [
  entry('LowVirtOperatorCount', { summary: msg('Fewer pods than wanted') }),
  entry('VirtOperatorDown', { severities: ['critical'], firing: fires('2026-11-21T09:00:00Z'), summary: msg('No pod of virt-operator runs') }),
  entry('VMCannotBeEvicted', { group: 'virtual-machine', aliases: ['VirtualMachineStuck'], firing: fires('2026-11-21T08:00:00Z') }),
  entry('Foreign', { group: undefined, summary: undefined, annotation: 'disk <b>full</b>', severities: ['weird'] }),
];
const names = (own: Record<string, string>) => found(entries, queryOf(own), plainText).map(({ alert }) => alert);

test('what fires comes first, the most severe of it at the top', () => {
  expect(names({})).toEqual(['VirtOperatorDown', 'VMCannotBeEvicted', 'LowVirtOperatorCount', 'Foreign']);
});

test.each<[string, Record<string, string>, string[]]>([
  ['a part of a name', { 'find-text': 'evict' }, ['VMCannotBeEvicted']],
  ['a former name', { 'find-text': 'machinestuck' }, ['VMCannotBeEvicted']],
  ['a component', { 'find-text': 'virtual-machine' }, ['VMCannotBeEvicted']],
  ['words of a summary, in any order', { 'find-text': 'runs POD' }, ['VirtOperatorDown']],
  ['an annotation', { 'find-text': 'disk' }, ['Foreign']],
  ['nothing that is there', { 'find-text': 'zzz' }, []],
  ['the component filter', { 'only-component': 'virt-operator' }, ['VirtOperatorDown', 'LowVirtOperatorCount']],
  ['the severity filter', { 'only-severity': 'critical' }, ['VirtOperatorDown']],
  ['what fires', { 'only-state': 'firing' }, ['VirtOperatorDown', 'VMCannotBeEvicted']],
  ['what does not fire', { 'only-state': 'quiet' }, ['LowVirtOperatorCount', 'Foreign']],
  ['an order by name', { 'sort-by': 'alert' }, ['Foreign', 'LowVirtOperatorCount', 'VirtOperatorDown', 'VMCannotBeEvicted']],
  ['an order that does not exist', { 'sort-by': 'colour', 'find-text': 'virt-operator' }, ['VirtOperatorDown', 'LowVirtOperatorCount']],
])('%s is found', (_, own, expected) => expect(names(own)).toEqual(expected));

test('the order leaves the entries themselves as they are', () => {
  const frozen = Object.freeze([...entries]);
  expect(() => found(frozen, queryOf({}), plainText)).not.toThrow();
});
