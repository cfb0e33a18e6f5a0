import { Button } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';

interface DoItProps {
  readonly isSure: boolean;
  /** Why it cannot be run, or undefined if it can. */
  readonly obstacle: string | undefined;
  /** Of the element that says the obstacle. */
  readonly obstacleId: string;
  readonly onRun: () => void;
}

/** The one button that starts a run. It can always be reached, so that whoever cannot press it hears why. */
export const DoIt: FC<DoItProps> = ({ isSure, obstacle, obstacleId, onRun }) => {
  const t = useWords();
  return <Button isAriaDisabled={!isSure || obstacle !== undefined} onClick={onRun} {...(obstacle === undefined ? {} : { 'aria-describedby': obstacleId })}>{t('Do it now')}</Button>;
};
