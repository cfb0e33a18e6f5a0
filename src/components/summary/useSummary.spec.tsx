import { screen } from '@testing-library/react';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { REPORTS, report } from '../../testing/reports';
import { ReportActions } from './ReportActions';
import { fenced, markdownText } from '../../engine';

const copied = async (of = REPORTS.causeFound): Promise<string> => {
  const { user } = await drawn(<ReportActions report={of} alertHref="/monitoring/alerts" onRunAgain={() => undefined} />);
  await user.click(screen.getByRole('button', { name: 'More actions' }));
  await user.click(screen.getByRole('menuitem', { name: 'Copy a summary for a ticket' }));
  expect(await screen.findByText('The summary is copied')).toBeInTheDocument();
  return navigator.clipboard.readText();
};

test('the summary holds the answer, every check, what is missing and the commands', async () => {
  const text = await copied();
  expect(text).toContain('# VirtOperatorDown');
  expect(text).toContain('**virt-operator cannot start: its image cannot be pulled.**');
  expect(text).toContain('- **Problem**: Are its pods running? 2 pods cannot pull their image');
  expect(text).toContain('- **Could not check**: What do the logs of its pods say? needs the permission get pods/log');
  expect(text).toContain('oc set data secret/pull-secret');
  expect(text).not.toContain('Scale virt-operator back');
  expect(text).toContain('Read at 2026-11-21T10:00:00.000Z');
});

test('labels cannot write Markdown', async () => {
  const alert = { ...REPORTS.causeFound.alert, labels: { vm: '](javascript:alert(1)) **bold** `x`\n# title' } };
  const text = await copied(report({ alert }));
  expect(text).toContain('vm=\\]\\(javascript'.replace('\\(', '('));
  expect(text).not.toMatch(/^# title/m);
});

test('characters that mean something are escaped, and fences hold', () => {
  expect(markdownText('a\n# b | *c* <d>')).toBe('a \\# b \\| \\*c\\* \\<d\\>');
  expect(fenced('echo ```')).toBe('````\necho ```\n````');
});
