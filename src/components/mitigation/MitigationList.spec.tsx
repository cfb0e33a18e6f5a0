import { screen, within } from '@testing-library/react';
import { type MitigationReport, msg } from '../../engine';
import { drawn } from '../../../sandbox/host/testing-drawn';
import { REPORTS } from '../../testing/reports';
import { MitigationList } from './MitigationList';

const { causes, mitigations } = REPORTS.causeFound;
const draw = async (some: readonly MitigationReport[] = mitigations) => {
  const onDownload = jest.fn();
  const inHost = await drawn(<MitigationList mitigations={some} causes={causes} hrefOf={(id) => `/mitigate/${id}`} onDownload={onDownload} />);
  return { ...inHost, onDownload };
};
const item = (name: RegExp): HTMLElement => screen.getAllByRole('listitem').find((row) => name.test(row.querySelector('strong')?.textContent ?? ''))!;
const only = (spec: Partial<MitigationReport>): readonly MitigationReport[] => [{ ...mitigations[0]!, ...spec }];

test('what the evidence supports stands open with its reason, what is always possible below it', async () => {
  await draw();
  expect(screen.getAllByRole('listitem').map((row) => row.querySelector('strong')?.textContent)).toEqual(['Correct the pull secret', 'Open a support case']);
  expect(item(/Correct the pull secret/)).toHaveTextContent('Offered because: virt-operator cannot start: its image cannot be pulled.');
  expect(item(/Correct the pull secret/)).toHaveTextContent('oc set data secret/pull-secret');
  expect(item(/Correct the pull secret/)).toHaveTextContent('You do it in a shell · low risk · VMs: notice nothing · Undo: yes');
});

test('what nothing speaks for is marked, disabled with the reason, and can be looked at', async () => {
  const { user } = await draw();
  expect(screen.queryByText('Scale virt-operator back')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: '1 more, not supported by the evidence' }));
  const row = within(item(/Scale virt-operator back/));
  expect(row.getByText('Not supported by the evidence')).toBeInTheDocument();
  const button = row.getByRole('button', { name: 'Do it: Scale virt-operator back' });
  expect(button).toHaveAttribute('aria-disabled', 'true');
  await user.hover(button);
  expect(await screen.findByText(/Nothing that was found speaks for it/)).toBeInTheDocument();
  expect(row.getByRole('link', { name: 'Look at it anyway: Scale virt-operator back' })).toHaveAttribute('href', '/mitigate/scale-back');
  await user.click(row.getByRole('button', { name: 'Details of: Scale virt-operator back' }));
  expect(item(/Scale virt-operator back/)).toHaveTextContent('It would help if this were so: virt-operator is scaled to 0.');
});

test('a supported one that is carried out here leads to its page', async () => {
  await draw(only({ mode: 'execute' }));
  expect(screen.getByRole('link', { name: 'Do it: Correct the pull secret' })).toHaveAttribute('href', '/mitigate/correct-pull-secret');
});

test('one that is done elsewhere leads there', async () => {
  const of = { kind: 'Secret', plural: 'secrets', group: '', versions: ['v1'], namespaced: true } as const;
  await draw(only({ mode: 'navigate', commands: [], place: { page: 'object', of, namespace: 'openshift-config', name: 'pull-secret', tab: 'yaml' } }));
  expect(screen.getByRole('link', { name: /Open the page for it/ })).toHaveAttribute('href', '/k8s/ns/openshift-config/secrets/pull-secret/yaml');
});

test('support gets the report', async () => {
  const { user, onDownload } = await draw();
  await user.click(screen.getByRole('button', { name: /Download what support asks for/ }));
  expect(onDownload).toHaveBeenCalled();
});

test('commands that are safe only if something is true are copied after that was typed', async () => {
  const { user } = await draw(only({ safeWhen: msg('The node is powered off.') }));
  expect(screen.queryByRole('button', { name: /^Copy/ })).not.toBeInTheDocument();
  await user.type(screen.getByRole('textbox', { name: /Safe only if this is true/ }), 'the node is powered off. ');
  await user.click(screen.getByRole('button', { name: 'Copy: Correct the pull secret' }));
  expect(await navigator.clipboard.readText()).toBe(mitigations[0]!.commands[0]!.text);
});

test('says so if nothing is supported', async () => {
  await draw(mitigations.filter(({ mitigation }) => mitigation === 'scale-back'));
  expect(screen.getByText(/Nothing that was found speaks for any of the mitigations/)).toBeInTheDocument();
});
