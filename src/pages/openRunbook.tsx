import { useEffect, type FC } from 'react';
import { paths, useGoTo } from '../console/address';
import { useProject } from '../console/project';
import { type AlertScope, runbookOf } from './runbookActions';

interface Launched extends AlertScope {
  readonly closeOverlay: () => void;
}

// The drawer's action is no hook and cannot navigate; a component that it launches can.
const GoToRunbook: FC<Launched> = ({ alert, closeOverlay }) => {
  const goTo = useGoTo();
  const project = useProject();
  useEffect(() => {
    const found = runbookOf(alert?.labels ?? {});
    if (found) goTo(paths.runbook(project, found.runbook, found.labels));
    closeOverlay();
  }, [alert, closeOverlay, goTo, project]);
  return null;
};

/** What the notification drawer does with the button of an alert that has a runbook. */
const openRunbook = (alert: AlertScope['alert'], launch: (component: FC<Launched>, props: AlertScope) => void): void =>
  launch(GoToRunbook, { alert });

export default openRunbook;
