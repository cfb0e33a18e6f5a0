import { type Cause, cause, firesIn } from './cause';
import { msg } from './message';
import { type StepReport } from './report';
import { judge, proofOf } from './verdict';

const report = (step: string, rest: Partial<StepReport> = {}): StepReport => ({
  step, kind: 'read', asks: msg('?'), required: true, scope: 'platform', state: 'done', outcome: 'fail', reason: 'yes', also: [], says: msg('Because.'), subjects: [], rows: [], complete: true, missing: [], readings: [], ...rest,
});
const a = (reason: string, step = 'a') => [{ step, reason }];
const one = (rest: Partial<Cause>): Cause => cause({ id: 'x', says: msg('.'), confirmedBy: [], mitigations: [], ...rest });
const verdict = (of: Partial<Cause>, ...steps: StepReport[]) => judge({ causes: [one(of)], company: [] }, steps, 'form')[0];

describe('the verdict on a cause', () => {
  it.each<[string, Partial<Cause>, readonly StepReport[], string]>([
    ['confirmed by a reason', { confirmedBy: a('yes') }, [report('a')], 'confirmed'],
    ['confirmed by a further reason', { confirmedBy: a('yes') }, [report('a', { reason: 'other', also: ['yes'] })], 'confirmed'],
    ['confirmed on part of the evidence', { confirmedBy: a('yes') }, [report('a', { complete: false })], 'confirmed'],
    ['not confirmed by what could not be told', { confirmedBy: a('yes') }, [report('a', { outcome: 'unknown' })], 'open'],
    ['not confirmed before it is done', { confirmedBy: a('yes') }, [report('a', { state: 'reading' })], 'open'],
    ['confirmed although another speaks against it', { confirmedBy: a('yes'), refutedBy: a('yes', 'b') }, [report('a'), report('b')], 'confirmed'],
    ['supported', { supportedBy: a('yes') }, [report('a')], 'supported'],
    ['refuted although something supports it', { supportedBy: a('yes'), refutedBy: a('yes', 'b') }, [report('a'), report('b')], 'refuted'],
    ['not refuted by part of the evidence', { supportedBy: a('no'), refutedBy: a('yes', 'b') }, [report('a', { complete: false }), report('b', { complete: false })], 'open'],
    ['supported where the refutation is incomplete', { supportedBy: a('yes'), refutedBy: a('yes', 'b') }, [report('a'), report('b', { complete: false })], 'supported'],
    ['refuted where it was looked for everywhere', { confirmedBy: a('no'), supportedBy: a('no', 'b') }, [report('a'), report('b')], 'refuted'],
    ['open where one step could not tell', { confirmedBy: a('no'), supportedBy: a('no', 'b') }, [report('a'), report('b', { outcome: 'unknown' })], 'open'],
    ['open where one step saw a part', { confirmedBy: a('no'), supportedBy: a('no', 'b') }, [report('a'), report('b', { complete: false })], 'open'],
    ['open where one step is not there', { confirmedBy: [...a('no'), ...a('no', 'gone')] }, [report('a', { state: 'waiting', outcome: undefined })], 'open'],
    ['open where nothing is asked', {}, [report('a')], 'open'],
    // A person's word.
    ['supported by what somebody stated', { confirmedBy: a('yes') }, [report('a', { kind: 'ask', complete: false })], 'supported'],
    ['supported by what somebody stated in support', { supportedBy: a('yes') }, [report('a', { kind: 'ask', complete: false })], 'supported'],
    ['not refuted by what somebody stated', { confirmedBy: a('no', 'b'), refutedBy: a('yes') }, [report('a', { kind: 'ask', complete: false }), report('b', { complete: false })], 'open'],
    ['open while nobody was asked', { confirmedBy: a('yes') }, [report('a', { kind: 'ask', outcome: 'info', reason: 'notAsked', complete: false })], 'open'],
    ['confirmed by reading, whatever was stated', { confirmedBy: [...a('yes'), ...a('yes', 'b')] }, [report('a', { kind: 'ask', complete: false }), report('b')], 'confirmed'],
  ])('%s', (_, of, steps, expected) => {
    expect(verdict(of, ...steps)?.verdict).toBe(expected);
  });

  it('names the steps that speak for it and against it, those that prove it first', () => {
    const found = verdict({ supportedBy: a('yes'), confirmedBy: a('yes', 'b'), refutedBy: a('yes', 'c') }, report('a'), report('b', { says: msg('Proof.') }), report('c'));
    expect(found).toMatchObject({ for: ['b', 'a'], against: ['c'] });
    expect(found && proofOf(found, [report('a'), report('b', { says: msg('Proof.') })])).toEqual(msg('Proof.'));
    expect(verdict({ confirmedBy: a('no') }, report('a'))).toMatchObject({ for: [], against: ['a'] });
  });
});

describe('what can fire', () => {
  const of = (form: string | null | undefined, causes: readonly Cause[], company: readonly Cause[] = []) => judge({ causes, company }, [], form).map(({ fires }) => fires);
  it.each<[string, string | null | undefined, string[]]>([
    ['the form for which it holds', 'main', ['yes', 'yes', 'no']],
    ['another known form', '1.8.4', ['yes', 'no', 'no']],
    ['a form that nobody knows', null, ['unknown', 'unknown', 'no']],
    ['a rule that could not be read', undefined, ['unknown', 'unknown', 'no']],
  ])('under %s', (_, form, fires) => {
    expect(of(form, [one({ id: 'a' }), firesIn(['main'], one({ id: 'b' }))], [one({ id: 'c' })]).sort()).toEqual(fires.sort());
  });
});

describe('the order of causes', () => {
  const yes = { confirmedBy: a('yes') };
  const order = (causes: readonly Cause[], company: readonly Cause[] = [], form: string | null = 'form') => judge({ causes, company }, [report('a')], form).map(({ cause: id }) => id);
  const named = (id: string, rest: Partial<Cause> = yes) => one({ id, ...rest });

  it('is by verdict', () => {
    expect(order([named('refuted', { confirmedBy: a('no') }), named('open', {}), named('supported', { supportedBy: a('yes') }), named('confirmed')])).toEqual(['confirmed', 'supported', 'open', 'refuted']);
  });
  it('is then by what can fire', () => {
    expect(order([firesIn(['other'], named('cannot')), named('can')], [named('company')])).toEqual(['can', 'cannot', 'company']);
    expect(order([named('a')], [named('b'), named('c', { confirmedBy: [], supportedBy: a('yes') })], null)).toEqual(['a', 'b', 'c']);
  });
  it('is then by who explains whom, then the author\'s', () => {
    expect(order([named('a'), named('b')])).toEqual(['a', 'b']);
    expect(order([named('a'), named('b', { ...yes, explains: ['a'] })])).toEqual(['b', 'a']);
  });
  it('puts what explains another first, also across those between', () => {
    expect(order([named('c'), named('b'), named('a', { ...yes, explains: ['c'] })])).toEqual(['b', 'a', 'c']);
    expect(order([named('c'), named('b', { ...yes, explains: ['c'] }), named('a', { ...yes, explains: ['b'] })])).toEqual(['a', 'b', 'c']);
    expect(order(['e', 'd', 'c', 'b'].map((id) => named(id)).concat(named('a', { ...yes, explains: ['e'] })))).toEqual(['d', 'c', 'b', 'a', 'e']);
  });
  it('lets nothing explain what is more certain', () => {
    expect(order([named('sure'), named('guess', { supportedBy: a('yes'), explains: ['sure'] })])).toEqual(['sure', 'guess']);
  });
  it('ends where causes explain each other, or themselves', () => {
    expect(order([named('a', { ...yes, explains: ['b', 'a'] }), named('b', { ...yes, explains: ['a'] }), named('c')])).toEqual(['c', 'a', 'b']);
  });
});
