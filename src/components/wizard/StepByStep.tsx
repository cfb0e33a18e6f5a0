import { WizardContext, WizardFooterWrapper, WizardNav, WizardNavItem, WizardStep, type WizardStepType, WizardToggle } from '@patternfly/react-core';
import { type ComponentProps, type FC, type ReactNode, useEffect, useRef, useState } from 'react';
import './StepByStep.css';

/** One step: its name stands in the navigation and above its content. */
export interface Step {
  readonly id: string;
  readonly name: string;
  /** Cannot be gone to from where one is. */
  readonly isDisabled: boolean;
}

interface StepByStepProps {
  readonly steps: readonly Step[];
  readonly current: string;
  readonly onGo: (id: string) => void;
  /** What the navigation is called. */
  readonly label: string;
  /** What the button is called that unfolds the navigation on a narrow screen. */
  readonly toggleLabel: string;
  readonly footer: ReactNode;
  /** Content of the current step. */
  readonly children: ReactNode;
}

const nothing = (): void => undefined;

/** PatternFly's wizard, told from outside which step it shows: its own state would be a second opinion beside the address. The heading of a new step is focused. */
export const StepByStep: FC<StepByStepProps> = ({ steps, current, onGo, label, toggleLabel, footer, children }) => {
  const [isOpen, setOpen] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(current);
  useEffect(() => {
    if (shown.current === current) return;
    shown.current = current;
    setOpen(false);
    heading.current?.focus();
  }, [current]);
  const all = steps.map(({ id, name }, place): WizardStepType => ({
    id, name, index: place + 1,
    component: (
      <WizardStep id={id} name={name} body={{ 'aria-label': name }}>
        {id === current && <><h2 ref={heading} tabIndex={-1} className="pf-v6-c-title pf-m-xl virt-runbooks__step-title">{name}</h2>{children}</>}
      </WizardStep>
    ),
  }));
  const active = all.find(({ id }) => id === current) ?? all[0];
  if (!active) return null;
  const nav = (
    <WizardNav aria-label={label} isExpanded={isOpen}>
      {steps.map(({ id, name, isDisabled }, place) => (
        <WizardNavItem key={id} id={`step-${id}`} content={name} isCurrent={id === current} isDisabled={isDisabled} stepIndex={place + 1} onClick={() => { setOpen(false); onGo(id); }} />
      ))}
    </WizardNav>
  );
  const context: ComponentProps<typeof WizardContext.Provider>['value'] = {
    steps: all, activeStep: active, footer: <></>, close: nothing, goToNextStep: nothing, goToPrevStep: nothing, goToStepById: nothing, goToStepByName: nothing, goToStepByIndex: nothing,
    setFooter: nothing, getStep: () => active, setStep: nothing, shouldFocusContent: false, mainWrapperRef: { current: null },
  };
  return (
    <WizardContext.Provider value={context}>
      <div className="pf-v6-c-wizard virt-runbooks__wizard">
        <WizardToggle steps={all} activeStep={active} nav={nav} footer={<WizardFooterWrapper>{footer}</WizardFooterWrapper>} isNavExpanded={isOpen} toggleNavExpanded={() => setOpen(!isOpen)} aria-label={toggleLabel} />
      </div>
    </WizardContext.Provider>
  );
};
