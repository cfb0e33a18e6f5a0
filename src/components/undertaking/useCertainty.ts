import { useState } from 'react';
import { type Plan } from '../../engine';

/** How sure somebody said to be of a plan. */
export interface Certainty {
  readonly isSure: boolean;
  readonly isTicked: boolean;
  readonly typed: string;
  readonly setTicked: (ticked: boolean) => void;
  readonly setTyped: (typed: string) => void;
}

/** The certainty about one plan: another plan needs it anew. */
export const useCertainty = (plan: Plan | undefined): Certainty => {
  const [given, setGiven] = useState<{ readonly plan: Plan | undefined; readonly isTicked: boolean; readonly typed: string }>({ plan, isTicked: false, typed: '' });
  const { isTicked, typed } = given.plan === plan ? given : { isTicked: false, typed: '' };
  const confirm = plan?.confirm;
  return {
    isSure: confirm !== undefined && (confirm.kind === 'button' || (confirm.kind === 'acknowledge' ? isTicked : typed.trim() === confirm.name)),
    isTicked, typed,
    setTicked: (ticked) => setGiven({ plan, isTicked: ticked, typed }),
    setTyped: (text) => setGiven({ plan, isTicked, typed: text }),
  };
};
