import { answerOf, count, rollUp } from './answer';
import { OUTCOMES, type Outcome } from './finding';
import { msg } from './message';
import { type AlertReport, type CauseReport, type StepReport } from './report';

const step = (outcome: Outcome | undefined, rest: Partial<StepReport> = {}): StepReport => ({
  step: 'a', kind: 'read', asks: msg('?'), required: true, scope: 'platform', state: outcome ? 'done' : 'reading', outcome, reason: 'r', also: [], subjects: [], rows: [], complete: outcome !== 'unknown', missing: [], readings: [], ...rest,
});
const cause = (verdict: CauseReport['verdict'], fires: CauseReport['fires'] = 'yes', id = 'c'): CauseReport =>
  ({ cause: id, says: msg('.'), nature: 'fault', verdict, fires, for: [], against: [], mitigations: [] });
const alert = (state: AlertReport['state'], rest: Partial<AlertReport> = {}): AlertReport => ({ name: 'A', labels: {}, state, missing: [], annotations: {}, causedBy: [], others: [], ...rest });

describe('rollUp', () => {
  it('takes the most pressing, in this order', () => {
    const order: Outcome[] = ['fail', 'warn', 'unknown', 'info', 'pass', 'notApplicable'];
    order.forEach((outcome, i) => expect(rollUp(order.slice(i).reverse().map((one) => step(one)))).toBe(outcome));
    expect([...OUTCOMES].reverse()).toEqual(order);
  });
  it('of nothing is nothing', () => {
    expect(rollUp([])).toBe('notApplicable');
    expect(rollUp([step(undefined), step('pass')])).toBe('pass');
  });
});

describe('count', () => {
  it('counts outcomes and what is under way', () => {
    expect(count([step('pass'), step('pass'), step('fail'), step(undefined)])).toEqual({ pass: 2, fail: 1, warn: 0, info: 0, unknown: 0, notApplicable: 0, steps: 4, waiting: 1 });
  });
});

describe('the answer', () => {
  const missing = [{ reading: 'pods', reason: 'forbidden' as const }];
  it.each<[string, AlertReport, readonly StepReport[], readonly CauseReport[], object]>([
    ['is not there before all is read', alert('firing'), [step('fail'), step(undefined)], [cause('confirmed')], { form: 'running' }],
    ['is the cause that is confirmed', alert('firing'), [step('fail')], [cause('open', 'yes', 'a'), cause('confirmed', 'yes', 'b'), cause('confirmed', 'yes', 'c')], { form: 'causeFound', cause: 'b' }],
    ['is the cause although much is missing', alert('unknown'), [step('fail'), step('unknown')], [cause('confirmed')], { form: 'causeFound', cause: 'c' }],
    ['is the cause although it does not fire', alert('inactive'), [step('fail')], [cause('confirmed')], { form: 'causeFound', cause: 'c' }],
    ['may be the cause under a rule that nobody knows', alert('firing'), [step('fail')], [cause('confirmed', 'unknown')], { form: 'causeFound', cause: 'c' }],
    ['is not a cause that cannot fire', alert('firing'), [step('fail')], [cause('confirmed', 'no'), cause('refuted', 'yes', 'b')], { form: 'problemFound', likely: [], ruledOut: ['b'] }],
    ['is a problem with what is likely', alert('firing'), [step('warn')], [cause('supported', 'yes', 'a'), cause('refuted', 'yes', 'b'), cause('open', 'yes', 'c'), cause('supported', 'no', 'd')], { form: 'problemFound', likely: ['a'], ruledOut: ['b'] }],
    ['is a problem although it was not asked for', alert('inactive'), [step('pass'), step('fail', { required: false })], [], { form: 'problemFound', likely: [], ruledOut: [] }],
    ['is a problem although the rest is missing', alert('firing'), [step('unknown'), step('fail')], [], { form: 'problemFound', likely: [], ruledOut: [] }],
    ['is none, while it fires', alert('firing'), [step('pass'), step('info'), step('notApplicable')], [cause('refuted')], { form: 'nothingFoundFiring', ruledOut: ['c'] }],
    ['is none, while it is pending', alert('pending'), [step('pass')], [], { form: 'nothingFoundFiring', ruledOut: [] }],
    ['is that all is well', alert('inactive'), [step('pass'), step('info')], [], { form: 'nothingFoundNotFiring' }],
    ['is that all is well where it was', alert('gone'), [step('pass')], [], { form: 'nothingFoundNotFiring' }],
    ['is not that all is well if nobody knows whether it fires', alert('unknown', { missing }), [step('pass')], [], { form: 'couldNotTell', missing }],
    ['could not be told where one needed step was not', alert('firing'), [step('pass'), step('unknown', { missing })], [], { form: 'couldNotTell', missing }],
    ['can be told where only an unneeded one was not', alert('inactive'), [step('pass'), step('unknown', { required: false, missing })], [], { form: 'nothingFoundNotFiring' }],
    ['could not be told from part of what there is to know', alert('inactive'), [step('pass'), step('info', { complete: false, missing })], [], { form: 'couldNotTell', missing }],
    ['could not be told where nothing passed', alert('inactive'), [step('info'), step('notApplicable')], [], { form: 'couldNotTell', missing: [] }],
    ['could not be told where nothing was asked', alert('inactive'), [], [], { form: 'couldNotTell', missing: [] }],
    ['is not held up by an unanswered question', alert('inactive'), [step('pass'), step('info', { kind: 'ask', required: false, complete: false, reason: 'notAsked' })], [], { form: 'nothingFoundNotFiring' }],
  ])('%s', (_, of, steps, causes, expected) => {
    expect(answerOf(of, steps, causes)).toEqual(expected);
  });
});
