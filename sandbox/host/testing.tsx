import '@testing-library/jest-dom';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PluginStore, type Extension } from '@openshift/dynamic-plugin-sdk';
import { act, render, type RenderResult } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import i18next from 'i18next';
import { Suspense, type FC, type ReactElement } from 'react';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router';
import { initTranslations, type ReadTexts } from './i18n';
import { consoleItself } from './plugins/consoleItself';
import { serverFlags } from './serverFlags';
import { HostProviders } from './shell/providers';
import { discover } from './store/discovery';
import { keepModelFlags } from './store/featureFlags';
import { createHostStore, type HostStore } from './store/store';
import { FakeSocket } from './testing-sockets';

/** What the page asked for. */
export interface Asked {
  method: string;
  /** With query, as the page wrote it: `/api/kubernetes/api/v1/pods?limit=250`. */
  url: string;
  headers: Headers;
  body: string | undefined;
}

/** Answers what the page asks; undefined is a 404. What it throws is a network failure. */
export type FakeFetch = (asked: Asked) => Response | Promise<Response> | undefined;

export interface HostOptions {
  /** The address to start at; `/` if not given. */
  path?: string;
  /** The route that the element is the page of, for its parameters: `/k8s/ns/:ns/pods`. Any address if not given. */
  route?: string;
  /** Extensions of a plugin. A code reference is a function that resolves to the value, marked by `applyCodeRefSymbol`. */
  extensions?: Extension[];
  fetch: FakeFetch;
  /** Read the API's kinds before rendering, as the console does; false: they are being read for ever. True if not given. */
  discovery?: boolean;
  /** Texts of the pages' namespace; those of `locales/en` if not given. */
  texts?: Record<string, string>;
}

export interface InHost extends RenderResult {
  user: UserEvent;
  store: HostStore;
  /** Address with query at this moment. */
  address: () => string;
  /** All that was asked, discovery not counted. */
  asked: Asked[];
  /** The watches that were opened; `push` an event into one. */
  sockets: readonly FakeSocket[];
  /** Texts that were asked for and are in no locale file, as `namespace~text`. */
  missingTexts: ReadonlySet<string>;
}

const missingTexts = new Set<string>();
let translations: Promise<void> | undefined;

const readTexts: ReadTexts = async (language, namespace) => {
  const file = path.resolve('locales', language, `${namespace}.json`);
  return JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, string>;
};

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

/** The texts that this rendering has: given ones, or those of the locale files. */
async function provideTexts(given: Record<string, string> | undefined): Promise<void> {
  const namespaces = serverFlags().i18nNamespaces;
  translations ??= initTranslations(namespaces, readTexts, { language: 'en', isPseudo: false }, (text) => missingTexts.add(text));
  await translations;
  for (const namespace of namespaces) {
    i18next.removeResourceBundle('en', namespace).addResourceBundle('en', namespace, given ?? (await readTexts('en', namespace)));
  }
  missingTexts.clear();
}

/** Puts `answer` in the place of the network and remembers what was asked. */
function install(answer: FakeFetch, asked: Asked[]): void {
  const fake = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const one: Asked = {
      method: (init.method ?? 'GET').toUpperCase(),
      url: String(input),
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? init.body : undefined,
    };
    asked.push(one);
    init.signal?.throwIfAborted();
    return (await answer(one)) ?? json(404, { kind: 'Status', code: 404, reason: 'NotFound', message: `nothing answers ${one.url}` });
  };
  globalThis.fetch = fake;
  FakeSocket.opened.length = 0;
  globalThis.WebSocket = FakeSocket as unknown as typeof WebSocket;
}

const AddressSpy: FC<{ onChange: (address: string) => void }> = ({ onChange }) => {
  const { pathname, search } = useLocation();
  onChange(pathname + search);
  return null;
};

/**
 * Renders a page as the console would: the SDK's real hooks on the host's state, below its providers and a router at
 * `path`. The network is `fetch`, the watches are silent until a test pushes into them. Access reviews are remembered
 * by the SDK for the whole file.
 */
export async function renderInHost(element: ReactElement, options: HostOptions): Promise<InHost> {
  const asked: Asked[] = [];
  install(options.fetch, asked);
  await provideTexts(options.texts);
  const store = createHostStore();
  const plugins = new PluginStore({ loaderOptions: { entryCallbackSettings: { registerCallback: false } } });
  keepModelFlags(store, plugins);
  await plugins.loadPlugin({
    ...consoleItself,
    extensions: consoleItself.extensions.filter(({ type }) => type === 'console.perspective' || type === 'console.flag/model'),
  });
  await plugins.loadPlugin({ name: 'test-plugin', version: '1.0.0', registrationMethod: 'local', extensions: options.extensions ?? [] });
  if (options.discovery !== false) await discover(store);
  asked.length = 0;
  let address = '';
  const result = render(
    <MemoryRouter initialEntries={[options.path ?? '/']}>
      <HostProviders store={store} plugins={plugins}>
        <AddressSpy onChange={(current) => (address = current)} />
        <Suspense fallback="Loading">
          <Routes>
            <Route path={options.route ?? '*'} element={element} />
            <Route path="*" element="Another page" />
          </Routes>
        </Suspense>
      </HostProviders>
    </MemoryRouter>,
  );
  // What resolves at once, resolves before the test looks.
  await act(() => Promise.resolve());
  return { ...result, user: userEvent.setup(), store, address: () => address, asked, sockets: FakeSocket.opened, missingTexts };
}

/** A fake network that answers by address: the first pattern that matches decides; a plain value is sent as JSON. */
export const answering =
  (...answers: readonly (readonly [RegExp, unknown])[]): FakeFetch =>
  (asked) => {
    const found = answers.find(([pattern]) => pattern.test(asked.url));
    if (!found) return undefined;
    const answer = typeof found[1] === 'function' ? (found[1] as (asked: Asked) => unknown)(asked) : found[1];
    return answer instanceof Response ? answer : json(200, answer);
  };
