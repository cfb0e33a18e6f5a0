import { type Outcome } from './finding';
import { type Message, msg } from './message';
import { type CauseReport, type Report } from './report';

/** The answer in one sentence, and the outcome whose icon and colour it bears; none while it is being found. */
export interface Headline {
  readonly says: Message;
  readonly outcome?: Outcome;
}

/** The one word of an outcome, the same everywhere. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, Message>> = {
  fail: msg('Problem'),
  warn: msg('Warning'),
  unknown: msg('Could not check'),
  info: msg('Note'),
  pass: msg('Fine'),
  notApplicable: msg('Not needed'),
};

const NATURE_OUTCOME: Readonly<Record<CauseReport['nature'], Outcome>> = { fault: 'fail', expected: 'info', falseAlarm: 'info' };

/** The cause that the answer names, where it names one. */
export const foundCause = ({ answer, causes }: Report): CauseReport | undefined =>
  (answer.form === 'causeFound' ? causes.find(({ cause }) => cause === answer.cause) : undefined);

/** That another alert comes first: it fires, and this one can follow from it. Nothing where there is none. */
export const lookFirst = ({ alert: { causedBy } }: Pick<Report, 'alert'>): Message | undefined =>
  (causedBy.length === 0 ? undefined : msg('{{alerts}} fires too, and this alert can follow from it. Look there first.', { alerts: { list: causedBy.map(({ alert }) => alert) } }));

/** The answer's headline: one sentence for each of the five forms, and one for the time before. */
export const headlineOf = (report: Report): Headline => {
  const { answer, counts, alert } = report;
  switch (answer.form) {
    case 'running':
      return { says: msg('Checking: {{answered}} of {{steps}} questions answered', { answered: counts.steps - counts.waiting, steps: counts.steps }) };
    case 'causeFound': {
      const cause = foundCause(report);
      return cause ? { says: cause.says, outcome: NATURE_OUTCOME[cause.nature] } : { says: msg('The cause is found'), outcome: 'fail' };
    }
    case 'problemFound':
      return { says: msg('{{count}} checks found something wrong; the cause is not identified', { count: counts.fail + counts.warn }), outcome: report.outcome };
    case 'nothingFoundFiring':
      return { says: msg('Nothing wrong found, and the alert fires: its cause is not identified'), outcome: 'unknown' };
    case 'nothingFoundNotFiring':
      return counts.unknown === 0
        ? { says: msg('The alert does not fire, and no problem is found'), outcome: 'pass' }
        : { says: msg('The alert does not fire. No problem found in {{fine}} of {{steps}} checks; {{unknown}} could not be run', { fine: counts.pass, steps: counts.steps, unknown: counts.unknown }), outcome: 'info' };
    case 'couldNotTell':
      return { says: alert.state === 'firing' ? msg('Why the alert fires cannot be told from here') : msg('Whether anything is wrong cannot be told from here'), outcome: 'unknown' };
    default: return answer satisfies never;
  }
};
