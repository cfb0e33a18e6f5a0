import { randomBytes } from 'node:crypto';
import http from 'node:http';
import path from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileBelow, sendFile } from './assets';
import type { RealClusterName, ServerFlags } from './indexPage';
import { api, type Backends } from './api';
import { Key, KEY_PARAMETER } from './key';
import { sendPage } from './page';
import { joinSockets, refuseUpgrade, addressOf, type Credentials, type Upstream } from './proxy';
import { bodyOf, replyError, replyText, TooLarge } from './reply';
import { chooseScenario, listScenarios, type ScenarioChoice, type ScenarioOptions } from './scenarios';
import { crossSiteProblem, hasLoopbackHost, hasOwnOrigin } from './security';

/** The plugin the bridge serves; its name is part of every address of it. */
export const PLUGIN_NAME = 'virt-runbooks-plugin';

export interface BridgeOptions {
  /** 0: any free port. */
  port: number;
  /** A loopback address; `127.0.0.1` if not given. */
  host?: '127.0.0.1' | '::1';
  /** Folder of the plugin's build: plugin-manifest.json, scripts, `locales/`. */
  dist: string;
  /** Folder of the host's bundle, as `buildHost` leaves it. */
  hostDir: string;
  kubernetes: Upstream;
  /** undefined: monitoring is not configured. An address that does not answer: 502. A function is asked each time. */
  prometheus: Upstream;
  alertmanager: Upstream;
  /** Given: the cluster is a real one, every request carries these credentials, and only who has the key may ask. */
  real?: RealClusterName & { credentials: Credentials };
  /** Folder with `<language>/<namespace>.json`; `locales` of the build if not given. */
  locales?: string;
  /** What the page's chooser offers. Not given: there is nothing to choose, and the page does not say "simulated". */
  scenarios?: readonly ScenarioChoice[];
  /** The scenario that is on at the start; the first of the list if not given. */
  scenario?: string;
  /** Puts a scenario on; resolves when everything is ready for the page to be read again. */
  onScenario?: (id: string) => Promise<void> | void;
  /** Reload the page whenever the plugin was built anew (`make dev`). */
  reloadOnBuild?: boolean;
}

export interface Bridge {
  /** `http://127.0.0.1:9000` */
  url: string;
  /** Where to begin: the same, with the key if there is one. */
  entrance: string;
  /** Ends every connection, watches included. */
  close(): Promise<void>;
}

interface Site extends BridgeOptions {
  csrfToken: string;
  key: Key | undefined;
  backends: Backends;
  chooser: ScenarioOptions | undefined;
}

/**
 * Starts the server that stands between the browser and the cluster, in place of the console's own: the host page, the
 * plugin's files, translations, and proxies to the Kubernetes API, Prometheus and Alertmanager.
 * @throws if the port is taken (`code: 'EADDRINUSE'`)
 */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const host = options.host ?? '127.0.0.1';
  const site = siteOf(options);
  const server = http.createServer((request, response) => {
    answer(site, request, response).catch((error: unknown) => {
      replyError(
        response,
        error instanceof TooLarge ? 413 : 500,
        `The bridge failed: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  });
  server.on('upgrade', (request, socket, head) => upgrade(site, request, socket, head));
  // A watch stays open for as long as the page does.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const url = `http://${host === '::1' ? '[::1]' : host}:${port}`;
  return {
    url,
    entrance: site.key === undefined ? url : `${url}/?${KEY_PARAMETER}=${site.key.value}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function siteOf(options: BridgeOptions): Site {
  const { scenarios, onScenario } = options;
  const credentials = options.real?.credentials;
  let current = options.scenario ?? scenarios?.[0]?.id ?? '';
  const chooser: ScenarioOptions | undefined = scenarios && {
    scenarios,
    current: () => current,
    choose: async (id) => {
      await onScenario?.(id);
      current = id;
    },
  };
  return {
    ...options,
    chooser,
    csrfToken: randomBytes(32).toString('base64url'),
    key: options.real && new Key(),
    backends: {
      kubernetes: { name: 'The Kubernetes API', upstream: options.kubernetes, credentials },
      prometheus: { name: 'Prometheus', upstream: options.prometheus, credentials },
      alertmanager: { name: 'Alertmanager', upstream: options.alertmanager, credentials },
    },
  };
}

const NO_KEY = 'This console acts with the rights of whoever started it. Open the address that make start printed, with its key.';

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!hasLoopbackHost(request)) {
    replyError(response, 421, 'This server answers to localhost only.');
    return;
  }
  const problem = crossSiteProblem(request, site.csrfToken);
  if (problem !== undefined) {
    replyError(response, 403, problem);
    return;
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (site.key && !site.key.isHeldBy(request)) {
    if (request.method === 'GET' && site.key.isIn(url)) sendIndexPage(site, request, response);
    else replyText(response, 401, NO_KEY);
    return;
  }
  const pluginPrefix = `/api/plugins/${PLUGIN_NAME}/`;
  if (url.pathname.startsWith(pluginPrefix)) {
    const name = url.pathname.slice(pluginPrefix.length);
    await sendFile(response, fileBelow(site.dist, name), `The plugin's build has no file ${name}. Build it: npm run build.`);
  } else if (url.pathname.startsWith('/static/')) {
    await sendFile(response, fileBelow(site.hostDir, url.pathname.slice('/static/'.length)), 'The host has no such file.');
  } else if (url.pathname === '/locales/resource.json') {
    await sendTranslations(site, url, response);
  } else if (url.pathname.startsWith('/sandbox/')) {
    await sandbox(site, request, url, response);
  } else if (url.pathname.startsWith('/api/')) {
    await api(site.backends, request, response);
  } else {
    sendIndexPage(site, request, response);
  }
}

async function sendTranslations(site: Site, url: URL, response: ServerResponse): Promise<void> {
  const language = url.searchParams.get('lng') ?? '';
  const namespace = url.searchParams.get('ns') ?? '';
  const isName = /^[\w-]+$/;
  const known = isName.test(language) && isName.test(namespace);
  const file = known ? path.join(site.locales ?? path.join(site.dist, 'locales'), language, `${namespace}.json`) : undefined;
  await sendFile(response, file, `There are no texts of ${namespace} in the language ${language}.`);
}

async function sandbox(site: Site, request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
  const route = `${request.method ?? 'GET'} ${url.pathname}`;
  if (route === 'GET /sandbox/scenarios') listScenarios(response, site.chooser);
  else if (route === 'POST /sandbox/scenario') await chooseScenario(response, site.chooser, await bodyOf(request));
  else replyError(response, 404, 'There are GET /sandbox/scenarios and POST /sandbox/scenario.');
}

function flagsOf(site: Site): ServerFlags {
  const hasMonitoring = addressOf(site.backends.prometheus) !== undefined;
  return {
    basePath: '/',
    consolePlugins: [PLUGIN_NAME],
    consoleVersion: 'sandbox',
    releaseVersion: '4.22.0',
    i18nNamespaces: [`plugin__${PLUGIN_NAME}`],
    prometheusBaseURL: hasMonitoring ? '/api/prometheus' : undefined,
    prometheusTenancyBaseURL: hasMonitoring ? '/api/prometheus-tenancy' : undefined,
    alertManagerBaseURL: addressOf(site.backends.alertmanager) === undefined ? undefined : '/api/alertmanager',
    userSettingsLocation: 'localstorage',
    customProductName: site.real ? 'Local console' : 'Local console (sandbox)',
    sandbox: {
      simulated: site.chooser !== undefined,
      reloadOnBuild: site.reloadOnBuild ?? false,
      real: site.real && { context: site.real.context, server: site.real.server },
    },
  };
}

function sendIndexPage(site: Site, request: IncomingMessage, response: ServerResponse): void {
  // Readable by scripts on purpose: the console's fetch functions copy it into a header.
  const cookies = [`csrf-token=${site.csrfToken}; Path=/; SameSite=Strict`];
  sendPage(request, response, flagsOf(site), site.key ? [...cookies, site.key.cookieFor(request)] : cookies);
}

function upgrade(site: Site, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const prefix = '/api/kubernetes';
  if (!hasLoopbackHost(request)) refuseUpgrade(socket, 421, 'This server answers to localhost only.');
  else if (!hasOwnOrigin(request)) refuseUpgrade(socket, 403, 'A WebSocket needs the same origin.');
  else if (site.key && !site.key.isHeldBy(request)) refuseUpgrade(socket, 401, NO_KEY);
  else if (!request.url?.startsWith(`${prefix}/`)) refuseUpgrade(socket, 404, 'There is no WebSocket at this address.');
  else void joinSockets(request, socket, head, site.backends.kubernetes, request.url.slice(prefix.length));
}
