import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  ActionServiceProvider,
  consoleFetchText,
  DocumentTitle,
  HttpError,
  k8sCreate,
  ListPageHeader,
  QueryBrowser,
  ResourceLink,
  useAccessReview,
  useActiveNamespace,
  useFlag,
  useK8sModel,
  useK8sWatchResource,
  usePrometheusPoll,
  type Action,
  type K8sResourceCommon,
  type PrometheusEndpoint,
} from '@openshift-console/dynamic-plugin-sdk';
import { applyCodeRefSymbol } from '@openshift/dynamic-plugin-sdk';
import { act, screen, waitFor } from '@testing-library/react';
import { useMemo, useState, type FC } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { answering, renderInHost } from './testing';

const pod = (name: string, version: number) => ({
  metadata: { name, namespace: 'red', uid: name, resourceVersion: String(version), creationTimestamp: '2026-01-01T00:00:00Z' },
});
const cluster = [
  [/\/apis$/, { groups: [{ versions: [{ groupVersion: 'kubevirt.io/v1' }, { groupVersion: 'authorization.k8s.io/v1' }] }] }],
  [
    /\/api\/v1$/,
    {
      groupVersion: 'v1',
      resources: [
        { name: 'pods', kind: 'Pod', namespaced: true, verbs: ['list', 'watch'] },
        { name: 'pods/log', kind: 'Pod', namespaced: true },
      ],
    },
  ],
  [/\/apis\/kubevirt.io\/v1$/, { groupVersion: 'kubevirt.io/v1', resources: [{ name: 'kubevirts', kind: 'KubeVirt', namespaced: true }] }],
  [/\/apis\/authorization.k8s.io\/v1$/, { groupVersion: 'authorization.k8s.io/v1', resources: [] }],
  [/\/pods\?/, { metadata: { resourceVersion: '9' }, items: [pod('a', 1), pod('b', 2)] }],
] as const;
const PODS = { groupVersionKind: { version: 'v1', kind: 'Pod' }, isList: true, namespace: 'red' };

beforeEach(() => localStorage.clear());
afterEach(() => jest.restoreAllMocks());

test('the SDK’s hooks read the fake API, and its watches ring', async () => {
  const Page: FC = () => {
    const [pods, loaded] = useK8sWatchResource<K8sResourceCommon[]>(PODS);
    const [absent, , error] = useK8sWatchResource<K8sResourceCommon[]>({
      groupVersionKind: { group: 'no.io', version: 'v1', kind: 'No' },
      isList: true,
    });
    return (
      <>
        {loaded
          ? pods.map(({ metadata }) => (
              <ResourceLink key={metadata?.uid} groupVersionKind={PODS.groupVersionKind} name={metadata?.name} namespace="red" />
            ))
          : 'wait'}
        <p>{`${useParams()['ns']} ${useActiveNamespace()[0]} ${absent.length} ${String(error)}`}</p>
      </>
    );
  };
  const { sockets, asked } = await renderInHost(<Page />, {
    path: '/k8s/ns/red/pods',
    route: '/k8s/ns/:ns/pods',
    fetch: answering(...cluster),
  });
  expect(await screen.findByRole('link', { name: 'a' })).toHaveAttribute('href', '/k8s/ns/red/pods/a');
  expect(screen.getByText('red red 0 NoModelError: Model does not exist')).toBeInTheDocument();
  expect(asked.map(({ url }) => url)).toEqual(['/api/kubernetes/api/v1/namespaces/red/pods?limit=250']);
  act(() => {
    sockets[0]?.push('ADDED', pod('c', 3));
    sockets[0]?.push('DELETED', pod('a', 4));
  });
  expect(await screen.findByRole('link', { name: 'c' })).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'a' })).not.toBeInTheDocument();
});

test('flags follow the API, and stay unknown until it is read', async () => {
  const extensions = [
    { type: 'console.flag/model', properties: { flag: 'MINE', model: { group: 'kubevirt.io', version: 'v1', kind: 'KubeVirt' } } },
  ];
  const Page: FC = () => <p>{`${useFlag('MINE')} ${useK8sModel(PODS.groupVersionKind)[0]?.plural}`}</p>;
  await renderInHost(<Page />, { extensions, fetch: answering(...cluster) }).then(({ unmount }) => {
    expect(screen.getByText('true pods')).toBeInTheDocument();
    unmount();
  });
  await renderInHost(<Page />, { extensions, fetch: answering(...cluster), discovery: false });
  expect(screen.getByText('undefined undefined')).toBeInTheDocument();
});

test('Prometheus is polled, and an error takes the response away', async () => {
  const query = { endpoint: 'api/v1/query' as PrometheusEndpoint, delay: 20 };
  let isUp = true;
  const Page: FC = () => {
    const [response, loaded, error] = usePrometheusPoll({ ...query, query: 'up' });
    const [, sent] = usePrometheusPoll({ ...query, query: '' });
    return <p>{`${loaded} ${response?.status ?? String(response)} ${error instanceof HttpError ? error.code : String(error)} ${sent}`}</p>;
  };
  jest.spyOn(console, 'warn').mockReturnValue();
  await renderInHost(<Page />, {
    fetch: answering(...cluster, [/query=up/, () => (isUp ? { status: 'success' } : new Response('down', { status: 502 }))]),
  });
  expect(await screen.findByText('true success null true')).toBeInTheDocument();
  isUp = false;
  expect(await screen.findByText('true null 502 true')).toBeInTheDocument();
});

test('a write carries the token; an error has the server’s words; a log is text', async () => {
  document.cookie = 'csrf-token=abc';
  const status = { kind: 'Status', message: 'pods is forbidden', reason: 'Forbidden', code: 403 };
  let failure: unknown;
  let log: unknown;
  const Page: FC = () => {
    const [model] = useK8sModel(PODS.groupVersionKind);
    const [isAllowed, isLoading] = useAccessReview({ verb: 'get', resource: 'pods' });
    return (
      <>
        <button onClick={() => void k8sCreate({ model, data: pod('a', 1) }).catch((error: unknown) => (failure = error))}>create</button>
        <button onClick={() => void consoleFetchText('/api/kubernetes/api/v1/namespaces/red/pods/a/log').then((text) => (log = text))}>
          log
        </button>
        {isLoading ? null : `allowed: ${isAllowed}`}
      </>
    );
  };
  jest.spyOn(console, 'warn').mockReturnValue();
  const { user, asked } = await renderInHost(<Page />, {
    fetch: answering(
      ...cluster,
      [/\/log$/, () => new Response('{"a":1}', { headers: { 'Content-Type': 'text/plain' } })],
      [/selfsubjectaccessreviews$/, { status: { allowed: false } }],
      [/\/pods$/, () => new Response(JSON.stringify(status), { status: 403, headers: { 'Content-Type': 'application/json' } })],
    ),
  });
  expect(await screen.findByText('allowed: false')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'create' }));
  await waitFor(() => expect(failure).toBeInstanceOf(HttpError));
  expect(failure).toMatchObject({ code: 403, message: 'pods is forbidden', json: status });
  expect(asked.find(({ url }) => url.endsWith('/pods'))?.headers.get('X-CSRFToken')).toBe('abc');
  await user.click(screen.getByRole('button', { name: 'log' }));
  await waitFor(() => expect(log).toBe('{"a":1}'));
});

test('actions come from providers, each a hook of its own, translated', async () => {
  const useActions = ({ alert }: { alert: string }): [Action[], boolean, unknown] => {
    const navigate = useNavigate();
    const [clicks] = useState(0);
    return [
      useMemo(() => [{ id: 'a', label: `Open ${alert} ${clicks}`, cta: () => void navigate('/there?x=1') }], [alert, clicks, navigate]),
      true,
      undefined,
    ];
  };
  const provider = applyCodeRefSymbol(() => Promise.resolve(useActions));
  const extensions = ['mine', 'mine', 'another'].map((contextId) => ({
    type: 'console.action/provider',
    properties: { contextId, provider },
  }));
  const Page: FC = () => {
    const { t } = useTranslation('plugin__virt-runbooks-plugin');
    const scope = useMemo(() => ({ mine: { alert: 'A' } }), []);
    return (
      <>
        <DocumentTitle>{t('Untold')}</DocumentTitle>
        <ListPageHeader title={t('Title')} />
        <ActionServiceProvider context={scope}>
          {({ actions, loaded }) => (
            <>
              {loaded &&
                actions.map(({ cta, label }, index) => (
                  <button key={index} onClick={() => typeof cta === 'function' && cta()}>
                    {label}
                  </button>
                ))}
            </>
          )}
        </ActionServiceProvider>
      </>
    );
  };
  const { user, address, missingTexts } = await renderInHost(<Page />, {
    extensions,
    texts: { Title: 'A title' },
    fetch: answering(...cluster),
    path: '/here',
    route: '/here',
  });
  const buttons = await screen.findAllByRole('button', { name: 'Open A 0' });
  expect(buttons).toHaveLength(2);
  expect(screen.getByRole('heading', { name: 'A title' })).toBeInTheDocument();
  expect([...missingTexts]).toEqual(['plugin__virt-runbooks-plugin~Untold']);
  expect(document.title).toBe('Untold · Test console');
  await user.click(buttons[0] as HTMLElement);
  expect(address()).toBe('/there?x=1');
  expect(screen.getByText('Another page')).toBeInTheDocument();
});

test('what the host lacks is seen and warned of', async () => {
  const warn = jest.spyOn(console, 'warn').mockReturnValue();
  await renderInHost(<QueryBrowser queries={['up']} />, { fetch: answering(...cluster) });
  expect(screen.getByText('[QueryBrowser]')).toBeInTheDocument();
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('QueryBrowser'));
});

test('the last parts of the console’s module paths that the SDK requires are all different', () => {
  const lib = path.dirname(require.resolve('@openshift-console/dynamic-plugin-sdk'));
  const required = ['api/core-api.js', 'api/console-fetch.js', 'utils/k8s/k8s-utils.js'].flatMap((file) =>
    [...readFileSync(path.join(lib, file), 'utf8').matchAll(/require\('(@console\/[^']+)'\)/g)].map((match) => match[1] ?? ''),
  );
  const paths = [...new Set(required)];
  expect(paths.length).toBeGreaterThan(25);
  expect(new Set(paths.map((one) => one.split('/').at(-1))).size).toBe(paths.length);
});
