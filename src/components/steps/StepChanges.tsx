import { type FC, useState } from 'react';
import { useWords } from '../../console/text';
import { type Outcome, type StepReport } from '../../engine';
import { useWritten } from '../message/useWritten';
import { ReadOut } from '../outcome/ReadOut';
import { useOutcomeWord } from '../outcome/useOutcomeWord';

interface Heard {
  readonly outcomes: Readonly<Record<string, Outcome>>;
  readonly changed: readonly StepReport[];
}

const outcomesOf = (steps: readonly StepReport[]): Record<string, Outcome> =>
  Object.fromEntries(steps.flatMap(({ step, state, outcome }) => (state === 'done' && outcome !== undefined ? [[step, outcome]] : [])));

/** Tells a screen reader about an outcome that changed, once; not about every poll, and not while the first answer is found. */
export const StepChanges: FC<{ readonly steps: readonly StepReport[]; readonly isSettled: boolean }> = ({ steps, isSettled }) => {
  const t = useWords();
  const word = useOutcomeWord();
  const written = useWritten();
  const [heard, setHeard] = useState<Heard>({ outcomes: {}, changed: [] });
  const outcomes = outcomesOf(steps);
  const news = steps.filter(({ step }) => step in outcomes && outcomes[step] !== heard.outcomes[step]);
  if (news.length > 0) setHeard({ outcomes: { ...heard.outcomes, ...outcomes }, changed: isSettled ? news.filter(({ step }) => step in heard.outcomes) : [] });
  const text = heard.changed.flatMap(({ asks, outcome }) => (outcome === undefined ? [] : [t('{{question}} Now: {{outcome}}.', { question: written(asks), outcome: word(outcome) })]));
  return <ReadOut text={text.join(' ')} />;
};
