import { useState } from 'react';
import { type StepReport } from '../../engine';

/** Which steps stand open. */
export interface OpenSteps {
  readonly isOpen: (step: string) => boolean;
  readonly toggle: (step: string) => void;
  readonly open: (step: string) => void;
}

const isUrgent = ({ state, outcome }: StepReport): boolean => state === 'done' && (outcome === 'fail' || outcome === 'unknown');

/**
 * Steps that found a problem or could not look open by themselves, once: what the reader has closed stays closed.
 * They do so together when the first answer stands, not one after the other while somebody reads the rows below.
 */
export const useOpenSteps = (steps: readonly StepReport[], isSettled: boolean): OpenSteps => {
  const [opened, setOpened] = useState<Readonly<Record<string, boolean>>>({});
  const due = isSettled ? steps.filter((step) => isUrgent(step) && !(step.step in opened)) : [];
  if (due.length > 0) setOpened({ ...opened, ...Object.fromEntries(due.map(({ step }) => [step, true])) });
  return {
    isOpen: (step) => opened[step] ?? false,
    toggle: (step) => setOpened((before) => ({ ...before, [step]: !(before[step] ?? false) })),
    open: (step) => setOpened((before) => ({ ...before, [step]: true })),
  };
};
