import { screen, within } from '@testing-library/react';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { REPORTS } from '../../testing/reports';
import { CauseList } from './CauseList';

const draw = async (form: keyof typeof REPORTS) => {
  const onShowEvidence = jest.fn();
  const { causes, steps } = REPORTS[form];
  return { ...(await drawn(<CauseList causes={causes} steps={steps} onShowEvidence={onShowEvidence} />)), onShowEvidence };
};

test('causes are numbered with their verdicts, and each leads to what speaks for it', async () => {
  const { user, onShowEvidence } = await draw('causeFound');
  const [first, second] = screen.getAllByRole('listitem');
  expect(first).toHaveTextContent(/image cannot be pulled.*Confirmed.*For it:/);
  expect(second).toHaveTextContent(/crashes again and again.*Open.*Explains other alerts, not this one/);
  await user.click(within(first!).getByRole('button', { name: 'Are its pods running?' }));
  expect(onShowEvidence).toHaveBeenCalledWith('pods-running');
});

test('what is ruled out is one line that opens', async () => {
  const { user } = await draw('causeFound');
  expect(screen.getByText('virt-operator is scaled to 0.')).not.toBeVisible();
  await user.click(screen.getByRole('button', { name: '1 ruled out' }));
  expect(screen.getByText(/Against it:/)).toBeInTheDocument();
});

test('says so if all are ruled out', async () => {
  await draw('nothingFoundFiring');
  expect(screen.getByText('Every cause that this page knows is ruled out.')).toBeInTheDocument();
});
