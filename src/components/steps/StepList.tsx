import { Accordion } from '@patternfly/react-core';
import { type FC } from 'react';
import { type StepReport } from '../../engine';
import { type StepDeeds } from './StepBody';
import { HandedOver } from './HandedOver';
import { handedOver } from './handedOver';
import { type OpenSteps } from './useOpenSteps';
import { StepChanges } from './StepChanges';
import { StepItem } from './StepItem';

interface StepListProps extends StepDeeds {
  readonly steps: readonly StepReport[];
  readonly opened: OpenSteps;
  /** The first answer stands: from now on a changed outcome is news. */
  readonly isSettled: boolean;
}

/** The diagnosis: one row per question, in the order in which they are asked; for a tenant the platform's questions last and as one line. */
export const StepList: FC<StepListProps> = ({ steps, opened, isSettled, ...deeds }) => {
  const away = handedOver(steps);
  const rows = (some: readonly StepReport[]) => some.map((step) => {
    const waitsFor = steps.find((other) => other.step === step.waitsFor);
    return (
      <StepItem
        key={step.step} step={step} {...(waitsFor ? { waitsFor } : {})}
        isOpen={opened.isOpen(step.step)} onToggle={() => opened.toggle(step.step)} {...deeds}
      />
    );
  });
  return (
    <>
      <StepChanges steps={steps} isSettled={isSettled} />
      <Accordion asDefinitionList={false} headingLevel="h3" isBordered togglePosition="start">
        {rows(steps.filter((step) => !away.includes(step)))}
      </Accordion>
      {away.length > 0 && (
        <HandedOver count={away.length}>
          <Accordion asDefinitionList={false} headingLevel="h3" isBordered togglePosition="start">{rows(away)}</Accordion>
        </HandedOver>
      )}
    </>
  );
};
