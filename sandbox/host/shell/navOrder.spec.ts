import { inOrder } from './navOrder';

const item = (id: string, more: object = {}) => ({ properties: { id, ...more } });
const order = (...items: ReturnType<typeof item>[]) => inOrder(items).map(({ properties }) => properties.id);

test('items that refer to none stay as they came', () => {
  expect(order(item('b'), item('a'))).toEqual(['b', 'a']);
});
test('after: the first id that exists counts', () => {
  expect(order(item('ours', { insertAfter: ['overview', 'virtualmachines'] }), item('virtualmachines'), item('templates'))).toEqual([
    'virtualmachines',
    'ours',
    'templates',
  ]);
  expect(order(item('ours', { insertAfter: ['overview', 'virtualmachines'] }), item('virtualmachines'), item('overview'))).toEqual([
    'virtualmachines',
    'overview',
    'ours',
  ]);
});
test('before wins over after', () => {
  expect(order(item('a'), item('b'), item('c', { insertAfter: 'b', insertBefore: 'a' }))).toEqual(['c', 'a', 'b']);
});
test('an unknown id is as none', () => {
  expect(order(item('a', { insertAfter: 'nobody' }), item('b'))).toEqual(['a', 'b']);
});
test('a chain and a circle both end', () => {
  expect(order(item('c', { insertAfter: 'b' }), item('b', { insertAfter: 'a' }), item('a'))).toEqual(['a', 'b', 'c']);
  expect(order(item('a', { insertAfter: 'b' }), item('b', { insertAfter: 'a' })).sort()).toEqual(['a', 'b']);
});
