import { screen } from '@testing-library/react';
import { type Report } from '../../engine';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { REPORTS, report } from '../../testing/reports';
import { AnswerCard } from './AnswerCard';
import { CheckedWhen } from './CheckedWhen';

const draw = async (of: Report) => {
  const onFix = jest.fn();
  const onShowEvidence = jest.fn();
  const card = <AnswerCard report={of} checked={<CheckedWhen at="2026-11-21T09:59:48Z" isLive />} hrefOf={(alert) => `/runbooks/${alert}`} onFix={onFix} onShowEvidence={onShowEvidence} />;
  return { ...(await drawn(card)), onFix, onShowEvidence };
};

test.each<[keyof typeof REPORTS, string, RegExp]>([
  ['running', 'Checking: 1 of 3 questions answered', /3 checks: 1 fine · 2 under way/],
  ['causeFound', 'virt-operator cannot start: its image cannot be pulled.', /5 checks: 1 problem · 1 fine · 1 note · 1 could not be run \(you may not get pods\/log\) · 1 not needed/],
  ['problemFound', '1 check found something wrong; the cause is not identified', /Possible, in this order.*image cannot be pulled.*Ruled out.*scaled to 0/],
  ['nothingFoundFiring', 'Nothing wrong found, and the alert fires: its cause is not identified', /Ruled out.*The alert clears at the earliest 2 min after its condition ends/],
  ['nothingFoundNotFiring', 'The alert does not fire, and no problem is found', /2 checks: 2 fine/],
  ['couldNotTell', 'Why the alert fires cannot be told from here', /You may not list pods in openshift-cnv: ask somebody who can/],
])('%s has a headline, a proof and its counts', async (form, headline, text) => {
  const { missingTexts } = await draw(REPORTS[form]);
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent(headline);
  expect(screen.getByRole('region', { name: 'Answer' })).toHaveTextContent(text);
  expect(screen.getByRole('region', { name: 'Answer' })).toHaveTextContent('checked 12 sec ago, live');
  expect([...missingTexts].filter((one) => one.startsWith('plugin__'))).toEqual([]);
});

test('leads to the mitigation of the cause and to the evidence', async () => {
  const { user, onFix, onShowEvidence } = await draw(REPORTS.causeFound);
  await user.click(screen.getByRole('button', { name: 'Fix: Correct the pull secret' }));
  expect(onFix).toHaveBeenCalledWith(expect.objectContaining({ mitigation: 'correct-pull-secret' }));
  await user.click(screen.getByRole('button', { name: 'Show the evidence' }));
  expect(onShowEvidence).toHaveBeenCalledWith('pods-running');
});

test('leads to the alert that this one follows from', async () => {
  const { alert } = REPORTS.causeFound;
  await draw({ ...REPORTS.causeFound, alert: { ...alert, causedBy: [{ alert: 'VirtOperatorDown', activeAt: '2026-11-21T09:30:00Z' }] } });
  expect(screen.getByRole('region', { name: 'Answer' })).toHaveTextContent('VirtOperatorDown fires too, and this alert can follow from it. Look there first.');
  expect(screen.getByRole('link', { name: 'Open the runbook VirtOperatorDown' })).toHaveAttribute('href', expect.stringContaining('/runbooks/VirtOperatorDown'));
});

test('offers nothing and says nothing while it is being found', async () => {
  await draw(REPORTS.running);
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
  expect(screen.getByRole('status')).toHaveTextContent('');
});

test('is told to a screen reader once it stands', async () => {
  await draw(REPORTS.couldNotTell);
  expect(screen.getByRole('status')).toHaveTextContent('Why the alert fires cannot be told from here');
});

test('what could not be read is neither red nor green', async () => {
  await draw(REPORTS.couldNotTell);
  expect(screen.getByRole('img', { name: 'Could not check' })).toBeInTheDocument();
  expect(screen.queryByRole('img', { name: /Problem|Fine/ })).not.toBeInTheDocument();
});

test('does not say “no problem” where something could not be run', async () => {
  const steps = [...REPORTS.nothingFoundNotFiring.steps, { ...REPORTS.couldNotTell.steps[0]!, required: false }];
  await draw(report({ ...REPORTS.nothingFoundNotFiring, steps, counts: { ...REPORTS.nothingFoundNotFiring.counts, steps: 3, unknown: 1 } }));
  expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent('No problem found in 2 of 3 checks; 1 could not be run');
});

test.each([['falseAlarm', /This is a false alarm/], ['expected', /This is expected for a while/]] as const)('a cause that is %s says so', async (nature, text) => {
  const [first, ...others] = REPORTS.causeFound.causes;
  await draw(report({ causes: [{ ...first!, nature }, ...others] }));
  expect(screen.getByRole('region', { name: 'Answer' })).toHaveTextContent(text);
  expect(screen.getByRole('img', { name: 'Note' })).toBeInTheDocument();
});
