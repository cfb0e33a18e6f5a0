import fc from 'fast-check';
import { type Choice, settled, valueOfChoice } from './choice';
import { msg } from './message';

const option = (value: string) => ({ value, label: msg('.') });
const one: Choice = { id: 'class', asks: msg('?'), kind: 'one', options: [option('fast'), option('slow')] };
const some: Choice = { id: 'pods', asks: msg('?'), kind: 'some', options: [option('a'), option('b'), option('c')], picked: ['a'] };
const number: Choice = { id: 'keep', asks: msg('?'), kind: 'number', least: 0, most: 20, usual: 3, unit: msg('pods') };

it.each<[string, Choice, string | undefined, string]>([
  ['the first, if nobody picks', one, undefined, 'fast'],
  ['one that is on offer', one, 'slow', 'slow'],
  ['none that is not', one, 'constructor', 'fast'],
  ['the author’s, if nobody picks', some, undefined, 'a'],
  ['several', some, 'c,b', 'c,b'],
  ['of several those that are on offer', some, 'x,b,', 'b'],
  ['the author’s, if none of several is on offer', some, 'x,y', 'a'],
  ['the usual number, if nobody picks', number, undefined, '3'],
  ['a number within bounds', number, '0', '0'],
  ['a number without its zeros', number, '007', '7'],
  ['no number beyond them', number, '21', '3'],
  ['no other notation', number, '1e1', '3'],
  ['no word', number, 'all', '3'],
])('takes %s', (_, choice, picked, value) => expect(valueOfChoice(choice, picked === undefined ? {} : { [choice.id]: picked })).toBe(value));

it('gives every choice a value that is on offer, whatever stands in the address', () => {
  fc.assert(fc.property(fc.dictionary(fc.constantFrom('class', 'pods', 'keep', 'else'), fc.string()), (picked) => {
    const found = settled([one, some, number], picked);
    expect(Object.keys(found)).toEqual(['class', 'pods', 'keep']);
    expect(['fast', 'slow']).toContain(found['class']);
    expect(found['pods']?.split(',').every((value) => ['a', 'b', 'c'].includes(value))).toBe(true);
    expect(Number(found['keep'])).toBeGreaterThanOrEqual(0);
    expect(Number(found['keep'])).toBeLessThanOrEqual(20);
  }));
});
