import { ActionList, ActionListGroup, ActionListItem, Button, HelperText, HelperTextItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { LinkButton } from '../page/LinkButton';
import { DoIt } from './DoIt';
import { type StepId } from './wizardSteps';

interface WizardFooterProps {
  readonly at: StepId;
  /** Undefined where there is no way back, or none on. */
  readonly onBack: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
  /** Begins anew, once a plan was carried out. */
  readonly onAnother: (() => void) | undefined;
  /** Why one cannot go on, if so. */
  readonly obstacle: string | undefined;
  readonly isSure: boolean;
  readonly onRun: () => void;
  readonly onStartOver: () => void;
  readonly runbookHref: string;
}

const OBSTACLE = 'virt-runbooks-obstacle';

/** The way back and on, and the way out. On the last step before the run, on is the deed itself. */
export const WizardFooter: FC<WizardFooterProps> = ({ at, onBack, onNext, onAnother, obstacle, isSure, onRun, onStartOver, runbookHref }) => {
  const t = useWords();
  const isFixed = at === 'permission' || at === 'confirm';
  const described = obstacle === undefined ? {} : { 'aria-describedby': OBSTACLE };
  return (
    <>
      {obstacle !== undefined && <HelperText><HelperTextItem id={OBSTACLE}>{obstacle}</HelperTextItem></HelperText>}
      <ActionList>
        {(onBack || onNext || at === 'confirm') && <ActionListGroup>
          {onBack && <ActionListItem><Button variant="secondary" onClick={onBack}>{t('Back')}</Button></ActionListItem>}
          {onNext && <ActionListItem><Button onClick={onNext} isAriaDisabled={obstacle !== undefined} {...described}>{t('Next')}</Button></ActionListItem>}
          {at === 'confirm' && <ActionListItem><DoIt isSure={isSure} obstacle={obstacle} obstacleId={OBSTACLE} onRun={onRun} /></ActionListItem>}
        </ActionListGroup>}
        {onAnother && <ActionListGroup><ActionListItem><Button variant="secondary" onClick={onAnother}>{t('Make another plan')}</Button></ActionListItem></ActionListGroup>}
        {isFixed && <ActionListGroup><ActionListItem><Button variant="link" onClick={onStartOver}>{t('Preview again')}</Button></ActionListItem></ActionListGroup>}
        <ActionListGroup><ActionListItem><LinkButton variant="link" href={runbookHref}>{t('To the runbook')}</LinkButton></ActionListItem></ActionListGroup>
      </ActionList>
    </>
  );
};
