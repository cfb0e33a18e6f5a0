import { AccordionContent, AccordionItem, AccordionToggle, Icon, Skeleton, Spinner } from '@patternfly/react-core';
import { PendingIcon } from '@patternfly/react-icons';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type StepReport } from '../../engine';
import { OutcomeIcon } from '../outcome/OutcomeIcon';
import { useOutcomeWord } from '../outcome/useOutcomeWord';
import { permissionText } from '../../engine/permissionText';
import { useWritten } from '../message/useWritten';
import { StepBody, type StepDeeds } from './StepBody';
import './StepItem.css';

interface StepItemProps extends StepDeeds {
  readonly step: StepReport;
  /** The step whose result it waits for, while it waits. */
  readonly waitsFor?: StepReport;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** The id of the button of a step's row: where the way to the evidence leads. */
export const stepElementId = (step: string): string => `virt-runbooks-step-${step}`;

const StepIcon: FC<{ readonly step: StepReport }> = ({ step }) => {
  const t = useWords();
  if (step.outcome !== undefined && step.state === 'done') return <OutcomeIcon outcome={step.outcome} />;
  if (step.state === 'reading') return <Spinner isInline aria-label={t('Reading')} />;
  return <Icon role="img" aria-label={t('Waiting')} title={t('Waiting')}><PendingIcon /></Icon>;
};

/** The result in a few words, on one line whatever its state: the row keeps its height. */
const StepResult: FC<Pick<StepItemProps, 'step' | 'waitsFor'>> = ({ step, waitsFor }) => {
  const t = useWords();
  const word = useOutcomeWord();
  const written = useWritten();
  if (step.state === 'waiting') return waitsFor ? t('waits for: {{question}}', { question: written(waitsFor.asks) }) : t('waiting');
  if (step.state === 'reading' || step.outcome === undefined) return <Skeleton width="6rem" screenreaderText={t('Reading')} />;
  if (step.kind === 'ask' && step.question?.stated === undefined) return t('asks you');
  const permission = step.outcome === 'unknown' ? step.missing.find((line) => line.permission)?.permission : undefined;
  if (permission) return t('could not look: needs {{can}}', { can: permissionText(permission) });
  const short = step.outcome === 'notApplicable' ? step.says : step.actual;
  return short ? written(short) : word(step.outcome);
};

/** One question of the diagnosis as a row that opens: icon, question, result in a few words. */
export const StepItem: FC<StepItemProps> = ({ step, waitsFor, isOpen, onToggle, ...deeds }) => {
  const written = useWritten();
  const id = stepElementId(step.step);
  return (
    <AccordionItem isExpanded={isOpen}>
      <AccordionToggle id={id} onClick={onToggle} aria-controls={`${id}-body`}>
        <span className="virt-runbooks__step">
          <span className="virt-runbooks__step-icon"><StepIcon step={step} /></span>
          <span className="virt-runbooks__step-question">{written(step.asks)}</span>
          <span className={`virt-runbooks__step-result virt-runbooks__step-result--${step.outcome ?? step.state}`}><StepResult step={step} {...(waitsFor ? { waitsFor } : {})} /></span>
        </span>
      </AccordionToggle>
      <AccordionContent id={`${id}-body`} aria-labelledby={id}>{isOpen && <StepBody step={step} {...deeds} />}</AccordionContent>
    </AccordionItem>
  );
};
