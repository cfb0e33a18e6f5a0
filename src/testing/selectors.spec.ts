import { quantity, quantityText } from './quantity';
import { fieldSelector, labelSelector } from './selectors';

const labels = { app: 'web', tier: 'front' };

describe('labelSelector', () => {
  it.each([
    ['', true],
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app=other', false],
    ['app!=other', true],
    ['missing!=x', true],
    ['app in (web, shop)', true],
    ['app in (shop)', false],
    ['app notin (shop),tier', true],
    ['missing notin (x)', true],
    ['tier', true],
    ['!tier', false],
    ['!missing', true],
    ['app=', false],
    ['example.com/a=b', false],
  ])('%s', (text, expected) => {
    expect(labelSelector(text)?.(labels)).toBe(expected);
  });

  it.each(['app=web=x', 'app in web', '=x', 'a b'])('cannot parse %s', (text) => {
    expect(labelSelector(text)).toBeUndefined();
  });
});

describe('fieldSelector', () => {
  const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e', namespace: 'here' }, type: 'Warning', reason: 'Failed', involvedObject: { kind: 'Pod', name: 'p' }, source: { component: 'kubelet' } };

  it.each([
    ['metadata.name=e', true],
    ['involvedObject.kind=Pod,involvedObject.name=p', true],
    ['involvedObject.kind=Pod,involvedObject.name!=p', false],
    ['type!=Normal', true],
    ['reason==Failed', true],
    ['source=kubelet', true],
    ['involvedObject.uid=', true],
  ])('%s', (text, expected) => {
    const selector = fieldSelector(text, 'Event');
    expect(typeof selector === 'function' && selector(event)).toBe(expected);
  });

  it('names a field that the kind does not index', () => {
    expect(fieldSelector('spec.nodeName=x', 'Event')).toEqual({ refused: 'field label not supported: spec.nodeName' });
    expect(fieldSelector('status.phase=Running', 'Deployment')).toEqual({ refused: '"status.phase" is not a known field selector: only "metadata.name", "metadata.namespace"' });
  });
});

describe('quantity', () => {
  it.each([['100m', 0.1], ['2', 2], ['1.5', 1.5], ['450Mi', 450 * 2 ** 20], ['35M', 35e6], ['1k', 1000]])('%s', (text, value) => {
    expect(quantity(text)).toBe(value);
  });

  it('refuses what is none', () => {
    expect(() => quantity('many')).toThrow('Not a quantity');
  });

  it.each([['cpu', 0.035, '35m'], ['requests.cpu', 2, '2'], ['memory', 450 * 2 ** 20, '450Mi'], ['pods', 12, '12']] as const)('writes %s', (resource, value, text) => {
    expect(quantityText(resource, value)).toBe(text);
  });
});
