import { useWords } from '../../console/text';
import { type CauseReport, type Outcome, type Report } from '../../engine';
import { useWritten } from '../message/useWritten';

/** The answer in one sentence, and the outcome whose icon and colour it bears; none while it is being found. */
export interface AnswerSays {
  readonly headline: string;
  readonly outcome?: Outcome;
}

const NATURE_OUTCOME: Readonly<Record<CauseReport['nature'], Outcome>> = { fault: 'fail', expected: 'info', falseAlarm: 'info' };

/** The cause that the answer names, where it names one. */
export const foundCause = ({ answer, causes }: Report): CauseReport | undefined =>
  (answer.form === 'causeFound' ? causes.find(({ cause }) => cause === answer.cause) : undefined);

/** The answer's headline: one sentence for each of the five forms, and one for the time before. */
export const useAnswerSays = (report: Report): AnswerSays => {
  const t = useWords();
  const written = useWritten();
  const { answer, counts, alert } = report;
  const answered = counts.steps - counts.waiting;
  switch (answer.form) {
    case 'running':
      return { headline: t('Checking: {{answered}} of {{steps}} questions answered', { answered, steps: counts.steps }) };
    case 'causeFound': {
      const cause = foundCause(report);
      return cause ? { headline: written(cause.says), outcome: NATURE_OUTCOME[cause.nature] } : { headline: t('The cause is found'), outcome: 'fail' };
    }
    case 'problemFound':
      return { headline: t('{{count}} checks found something wrong; the cause is not identified', { count: counts.fail + counts.warn }), outcome: report.outcome };
    case 'nothingFoundFiring':
      return { headline: t('Nothing wrong found, and the alert fires: its cause is not identified'), outcome: 'unknown' };
    case 'nothingFoundNotFiring':
      return counts.unknown === 0
        ? { headline: t('The alert does not fire, and no problem is found'), outcome: 'pass' }
        : { headline: t('The alert does not fire. No problem found in {{fine}} of {{steps}} checks; {{unknown}} could not be run', { fine: counts.pass, steps: counts.steps, unknown: counts.unknown }), outcome: 'info' };
    case 'couldNotTell':
      return { headline: alert.state === 'firing' ? t('Why the alert fires cannot be told from here') : t('Whether anything is wrong cannot be told from here'), outcome: 'unknown' };
    default: return answer satisfies never;
  }
};
