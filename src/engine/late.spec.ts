import { type Late, type Lookup, type Ref, type Resolved, isRef, label, refsIn, resolve, text, withElement } from './late';

const output = <T>(name: string): Ref<T> => ({ from: 'output', step: 'earlier', output: name });
const element = <T>(...path: string[]): Ref<T> => ({ from: 'element', path });

/** Knows labels and outputs that stand in the table; `?` is not known yet. */
const knowing = (table: Readonly<Record<string, unknown>>): Lookup => <T>(ref: Ref<T>): Resolved<T> => {
  const name = ref.from === 'label' ? ref.names.find((one) => one in table) ?? '' : ref.from === 'output' ? ref.output : '';
  if (!(name in table)) return { state: 'unknowable', because: ref.from === 'output' ? { step: ref.step } : { label: [name] } };
  return table[name] === '?' ? { state: 'pending' } : { state: 'known', value: table[name] as T };
};

describe('resolve', () => {
  const lookup = knowing({ namespace: 'red', none: '', waits: '?', pods: [{ name: 'a' }], zero: 0, no: false });

  it.each<[string, unknown, Resolved<unknown>]>([
    ['a value', 'plain', { state: 'known', value: 'plain' }],
    ['a reference', label('namespace'), { state: 'known', value: 'red' }],
    ['the first label that is there', label('ns', 'namespace'), { state: 'known', value: 'red' }],
    ['references inside data', { a: [label('namespace')], b: 1, c: null }, { state: 'known', value: { a: ['red'], b: 1, c: null } }],
    ['an output', output('pods'), { state: 'known', value: [{ name: 'a' }] }],
    ['zero and false, which are values', [output('zero'), output('no')], { state: 'known', value: [0, false] }],
    ['what is not known yet', { a: output('waits'), b: 'x' }, { state: 'pending' }],
    ['what never will be', { a: output('missing') }, { state: 'unknowable', because: { step: 'earlier' } }],
    ['never before not yet', { a: output('waits'), b: output('missing'), c: output('waits') }, { state: 'unknowable', because: { step: 'earlier' } }],
    ['an empty string, which is never a value', { name: output('none') }, { state: 'unknowable', because: { step: 'earlier' } }],
    ['an empty label', { name: label('none') }, { state: 'unknowable', because: { label: ['none'] } }],
  ])('gives %s', (_, data, expected) => {
    expect(resolve(data, lookup)).toEqual(expected);
  });

  it('takes what it found for a value, however much it looks like a reference', () => {
    const found = resolve(output('pods'), knowing({ pods: { from: 'label', names: ['namespace'] } }));
    expect(found).toEqual({ state: 'known', value: { from: 'label', names: ['namespace'] } });
  });
});

describe('text', () => {
  const filled = (value: Late<string>, table: Readonly<Record<string, unknown>> = {}) => resolve(text`spec.nodeName=${value},x=y`, knowing(table));

  it('stands around known values', () => {
    expect(filled(label('node'), { node: 'worker-0.example.com' })).toEqual({ state: 'known', value: 'spec.nodeName=worker-0.example.com,x=y' });
    expect(filled('literal')).toEqual({ state: 'known', value: 'spec.nodeName=literal,x=y' });
  });

  it('waits with its values, and never is without them', () => {
    expect(filled(output('waits'), { waits: '?' })).toEqual({ state: 'pending' });
    expect(filled(label('node'))).toMatchObject({ state: 'unknowable' });
  });

  it.each([
    'a,b', 'a=b', 'a!=b', '!a', 'a b', ' ', 'a)', 'in (a,b)', '', '-a', 'a-', '.', 'a\n', '\na', 'a\nb', 'a\0', 'ä', '\u202ea', 'a"b', "a'b", 'a\\', '*', 'a;b', 'a&limit=1', 'a%2Cb', '$(x)',
  ])('does not let %j widen a selector', (value) => {
    expect(filled(label('node'), { node: value })).toMatchObject({ state: 'unknowable' });
  });

  it('takes the element of an each', () => {
    expect(resolve(text`involvedObject.name=${element<string>('name')}`, withElement(knowing({}), { name: 'a' }))).toEqual({ state: 'known', value: 'involvedObject.name=a' });
  });
});

describe('withElement', () => {
  const lookup = withElement(knowing({ namespace: 'red' }), { metadata: { name: 'a', none: '' } });
  it('leads into the element, and leaves the others to whom they concern', () => {
    expect(lookup(element('metadata', 'name'))).toEqual({ state: 'known', value: 'a' });
    expect(lookup(element())).toEqual({ state: 'known', value: { metadata: { name: 'a', none: '' } } });
    expect(lookup(label('namespace'))).toEqual({ state: 'known', value: 'red' });
  });
  it.each([[['metadata', 'none']], [['metadata', 'x']], [['x', 'y', 'z']], [['metadata', 'name', 'x']]])('has nothing at %j', (path) => {
    expect(lookup(element(...path))).toMatchObject({ state: 'unknowable' });
  });
});

describe('refsIn', () => {
  it('finds every reference in order, also those inside text', () => {
    const data = { in: label('namespace'), labels: text`a=${output('x')},b=${'plain'},c=${label('c')}`, list: [output('y'), 'z'] };
    expect(refsIn(data)).toEqual([label('namespace'), output('x'), label('c'), output('y')]);
  });
  it('takes nothing else for one', () => {
    expect(refsIn({ from: 'somewhere', names: [] })).toEqual([]);
    expect([null, undefined, 'label', { from: 1 }, { from: 'labels' }].filter(isRef)).toEqual([]);
  });
});
