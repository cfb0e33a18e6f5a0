import type { Action, Alert } from '@openshift-console/dynamic-plugin-sdk';
import { applyCodeRefSymbol, type Extension } from '@openshift/dynamic-plugin-sdk';
import { screen, within } from '@testing-library/react';
import { useEffect, useMemo, type FC } from 'react';
import { useNavigate } from 'react-router';
import { consoleItself } from '../plugins/consoleItself';
import { answering, renderInHost } from '../testing';
import { App } from './App';

const code = (value: unknown) => applyCodeRefSymbol(() => Promise.resolve(value));

const useRunbook = ({ alert }: { alert?: Alert }): [Action[], boolean, unknown] => {
  const name = alert?.labels.alertname;
  return [
    useMemo(() => (name === 'A' ? [{ id: 'runbook', label: 'Runbook', cta: { href: '/k8s/all-namespaces/ours' } }] : []), [name]),
    true,
    undefined,
  ];
};
const Go: FC<{ closeOverlay: () => void }> = ({ closeOverlay }) => {
  const navigate = useNavigate();
  useEffect(() => {
    void navigate('/k8s/all-namespaces/ours');
    closeOverlay();
  }, [navigate, closeOverlay]);
  return null;
};
const go = (_: Alert, launch: (component: typeof Go, props: object) => void) => launch(Go, {});

const ours: Extension[] = [
  {
    type: 'console.navigation/href',
    properties: {
      id: 'ours',
      section: 'virtualization',
      name: 'Ours',
      href: 'ours',
      prefixNamespaced: true,
      insertAfter: ['overview', 'virtualmachines'],
    },
  },
  {
    type: 'console.page/route',
    properties: { exact: true, path: ['/k8s/ns/:ns/ours', '/k8s/all-namespaces/ours'], component: code(() => <h1>Our page</h1>) },
  },
  ...['monitoring-alert-list-item', 'alert-detail-toolbar-actions'].map((contextId) => ({
    type: 'console.action/provider',
    properties: { contextId, provider: code(useRunbook) },
  })),
  { type: 'console.alert-action', properties: { alert: 'A', text: 'Open runbook', action: code(go) } },
];
const extensions = [...consoleItself.extensions.filter(({ type }) => type.startsWith('console.navigation/')), ...ours];

const rule = (name: string, labels: object) => ({
  type: 'alerting',
  name,
  query: 'up == 0',
  duration: 60,
  labels: { prometheus: 'openshift-monitoring/k8s', ...labels },
  annotations: {},
  alerts: [
    {
      state: 'firing',
      activeAt: '2026-01-01T00:00:00Z',
      annotations: { summary: `${name} fires` },
      labels: { alertname: name, ...labels },
    },
  ],
});
const network = answering(
  [/\/apis$/, { groups: [{ versions: [{ groupVersion: 'kubevirt.io/v1' }] }] }],
  [/\/api\/v1$/, { groupVersion: 'v1', resources: [{ name: 'namespaces', kind: 'Namespace', namespaced: false }] }],
  [
    /\/apis\/kubevirt.io\/v1$/,
    { groupVersion: 'kubevirt.io/v1', resources: [{ name: 'virtualmachines', kind: 'VirtualMachine', namespaced: true }] },
  ],
  [/\/namespaces\?/, { metadata: {}, items: ['red', 'blue'].map((name) => ({ metadata: { name, uid: name } })) }],
  [/selfsubjectaccessreviews$/, { status: { allowed: true } }],
  [
    /\/rules$/,
    {
      status: 'success',
      data: {
        groups: [
          { name: 'g', file: 'f', rules: [rule('A', { severity: 'critical' }), rule('B', { severity: 'info', prometheus: 'another' })] },
        ],
      },
    },
  ],
  [/\/silences$/, []],
);
const open = (path: string) => renderInHost(<App startup={{ isDone: true, problems: [] }} />, { path, extensions, fetch: network });

// jsdom says nothing matches a media query, so the navigation starts closed, as on a narrow screen: it is there all the same.
const navigation = () => screen.getByRole('navigation', { name: 'Main navigation', hidden: true });

beforeEach(() => localStorage.clear());

test('our item stands below VirtualMachines, is active on our page, and the project bar keeps our first segment', async () => {
  const { user, address } = await open('/k8s/ns/red/ours');
  expect(await screen.findByRole('heading', { name: 'Our page' })).toBeInTheDocument();
  const items = within(navigation()).getAllByRole('link', { hidden: true });
  expect(items.map(({ textContent }) => textContent)).toEqual(expect.arrayContaining(['VirtualMachines', 'Ours']));
  const names = items.map(({ textContent }) => textContent);
  expect(names.indexOf('Ours')).toBe(names.indexOf('VirtualMachines') + 1);
  expect(items.find(({ textContent }) => textContent === 'Ours')).toHaveAttribute('aria-current', 'page');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Project' }), 'blue');
  expect(address()).toBe('/k8s/ns/blue/ours');
});

test('below an exact leaf there is nothing', async () => {
  await open('/k8s/all-namespaces/ours/migrations');
  expect(screen.getByRole('heading', { name: '404: Page not found' })).toBeInTheDocument();
});

test('an alert’s row and its details have the action of the provider, and only for the alert it is for', async () => {
  const { user, address } = await open('/monitoring/alerts');
  const row = await screen.findByRole('row', { name: /^A / });
  expect(await within(row).findByRole('button', { name: 'Kebab toggle' })).toBeInTheDocument();
  expect(within(screen.getByRole('row', { name: /^B / })).queryByRole('button')).not.toBeInTheDocument();
  await user.click(within(row).getByRole('link', { name: 'A' }));
  expect(address()).toMatch(/^\/monitoring\/alerts\/\d+\?.*alertname=A/);
  await user.click(await screen.findByRole('link', { name: 'Runbook' }));
  expect(address()).toBe('/k8s/all-namespaces/ours');
});

test('the bell counts platform alerts, and the drawer’s button launches what navigates', async () => {
  const { user, address } = await open('/k8s/ns/red/ours');
  const bell = screen.getByRole('button', { name: 'Notification drawer' });
  expect(await within(bell).findByText('1')).toBeInTheDocument();
  await user.click(bell);
  await user.click(await screen.findByRole('button', { name: 'Open runbook' }));
  expect(address()).toBe('/k8s/all-namespaces/ours');
});
