import { screen, within } from '@testing-library/react';
import { type FC, useState } from 'react';
import { type StepReport, msg } from '../../engine';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { REPORTS, report, stepReport } from '../../testing/reports';
import { handedOver } from './handedOver';
import { StepList } from './StepList';
import { useOpenSteps } from './useOpenSteps';

interface ListProps {
  readonly first: readonly StepReport[];
  readonly then?: readonly StepReport[];
  readonly isSettled?: boolean;
  readonly onAnswer?: (step: string, reason: string | undefined) => void;
  readonly onRunAgain?: (step: string) => void;
}

const List: FC<ListProps> = ({ first, then, isSettled = true, onAnswer = () => undefined, onRunAgain = () => undefined }) => {
  const [steps, setSteps] = useState(first);
  const opened = useOpenSteps(steps, isSettled);
  return (
    <>
      <StepList steps={steps} opened={opened} isSettled={isSettled} onAnswer={onAnswer} onRunAgain={onRunAgain} />
      {then && <button type="button" onClick={() => setSteps(then)}>time passes</button>}
    </>
  );
};

const draw = (props: ListProps) => drawn(<List {...props} />);
const row = (name: RegExp) => within(screen.getByRole('heading', { level: 3, name })).getByRole('button');
const { steps } = report();
const [desired, running, logs, , ask] = steps as [StepReport, StepReport, StepReport, StepReport, StepReport];

test('problems and what could not be looked at stand open, the others do not', async () => {
  await draw({ first: steps });
  expect(row(/Are its pods running/)).toHaveAttribute('aria-expanded', 'true');
  expect(row(/What do the logs/)).toHaveAttribute('aria-expanded', 'true');
  expect(row(/Is there a virt-operator Deployment/)).toHaveAttribute('aria-expanded', 'false');
  expect(row(/Is a node in trouble/)).toHaveTextContent('not needed: the pods never started');
});

test('nothing opens while the first answer is found, and what waits says for what', async () => {
  await draw({ first: REPORTS.running.steps, isSettled: false });
  expect(screen.queryByRole('button', { expanded: true })).not.toBeInTheDocument();
  expect(row(/What do the logs/)).toHaveTextContent('waits for: Are its pods running?');
});

test('a tenant who sees that virtualization is installed, and no more, still gets one line', () => {
  const forbidden = (step: string) => stepReport(step, { outcome: 'unknown', reason: 'nothingReadable', missing: [{ reading: 'pods', reason: 'forbidden' }] });
  const unseen = [forbidden('one'), forbidden('two'), stepReport('three', { outcome: 'unknown', reason: 'missingInput' })];
  expect(handedOver([stepReport('installed'), ...unseen])).toEqual(unseen);
  expect(handedOver([stepReport('installed'), stepReport('seen'), ...unseen])).toEqual([]);
});

test('what was closed stays closed, and a new problem opens', async () => {
  const { user } = await draw({ first: [running, desired], then: [{ ...running, actual: msg('1 of 2') }, { ...desired, outcome: 'fail' }] });
  await user.click(row(/Are its pods running/));
  await user.click(screen.getByText('time passes'));
  expect(row(/Are its pods running/)).toHaveAttribute('aria-expanded', 'false');
  expect(row(/Is there a virt-operator Deployment/)).toHaveAttribute('aria-expanded', 'true');
});

test('a changed outcome is told once, the same one again is not', async () => {
  const { user } = await draw({ first: [running], then: [{ ...running, outcome: 'pass' }] });
  expect(screen.getByRole('status')).toHaveTextContent('');
  await user.click(screen.getByText('time passes'));
  expect(screen.getByRole('status')).toHaveTextContent('Are its pods running? Now: Fine.');
});

test('a step shows what it expected, its rows with links, its command, and runs again', async () => {
  const onRunAgain = jest.fn();
  const { user } = await draw({ first: [running], onRunAgain });
  expect(screen.getByText('2 running and ready')).toBeInTheDocument();
  const table = screen.getByRole('grid', { name: 'Are its pods running?' });
  expect(within(table).getByRole('link', { name: 'virt-operator-6d5f-4xk2p' })).toHaveAttribute('href', '/k8s/ns/openshift-cnv/pods/virt-operator-6d5f-4xk2p');
  await user.click(screen.getByRole('button', { name: /^1 reading, with its command ?: Are its pods running\?$/ }));
  expect(screen.getByText('oc get pods -n openshift-cnv -l kubevirt.io=virt-operator')).toBeInTheDocument();
  expect(screen.getByText(/2 items read 12 sec ago; needs the permission list pods/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Run this step again: Are its pods running?' }));
  expect(onRunAgain).toHaveBeenCalledWith('pods-running');
});

test('what is forbidden names the permission and who could', async () => {
  await draw({ first: [running, logs] });
  expect(row(/What do the logs/)).toHaveTextContent('could not look: needs get pods/log');
  expect(screen.getByText('You may not get pods/log in openshift-cnv: ask somebody who can.')).toBeInTheDocument();
});

test('an ask step takes an answer, says who stated it and takes it back', async () => {
  const onAnswer = jest.fn();
  const stated = { ...ask, outcome: 'info' as const, question: { ...ask.question!, stated: { reason: 'nobody', at: '2026-11-21T09:58:00Z' } } };
  const { user } = await draw({ first: [ask], then: [stated], onAnswer });
  await user.click(row(/Does somebody keep it down/));
  await user.click(screen.getByRole('radio', { name: 'No' }));
  expect(onAnswer).toHaveBeenLastCalledWith('drain-asked', 'nobody');
  await user.click(screen.getByText('time passes'));
  expect(screen.getByText(/Stated by you at/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Take the answer back' }));
  expect(onAnswer).toHaveBeenLastCalledWith('drain-asked', undefined);
});

test('for a tenant the platform’s checks are one line, below what the tenant owns', async () => {
  const own = stepReport('vm', { scope: 'workload', asks: msg('Does the VM run?') });
  const { user } = await draw({ first: [...REPORTS.couldNotTell.steps, own] });
  expect(screen.queryByRole('button', { name: /Are its pods running/ })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: '2 platform checks need a cluster admin' }));
  expect(row(/Are its pods running/)).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Address for a cluster admin' })).toHaveValue(window.location.href);
});
