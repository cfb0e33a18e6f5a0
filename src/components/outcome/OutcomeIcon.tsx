import { Icon } from '@patternfly/react-core';
import { type FC } from 'react';
import { type Outcome } from '../../engine';
import { LOOKS } from './outcomes';
import { useOutcomeWord } from './useOutcomeWord';

interface OutcomeIconProps {
  readonly outcome: Outcome;
  readonly size?: 'lg' | 'xl';
  /** The word stands beside the icon, so the icon need not say it again. */
  readonly isNamed?: boolean;
}

/** The icon of an outcome. Its word is its name where it is not written beside it: colour never speaks alone. */
export const OutcomeIcon: FC<OutcomeIconProps> = ({ outcome, size, isNamed = false }) => {
  const word = useOutcomeWord();
  const { Icon: Picture, status } = LOOKS[outcome];
  const named = isNamed ? { 'aria-hidden': true } : { role: 'img', 'aria-label': word(outcome), title: word(outcome) };
  return <Icon {...named} {...(status ? { status } : {})} {...(size ? { size } : {})}><Picture /></Icon>;
};
