import 'fake-indexeddb/auto';

// The SDK reads this when it is imported, so it must be there before any test file is.
Object.assign(window, {
  SERVER_FLAGS: {
    basePath: '/',
    consolePlugins: [],
    consoleVersion: 'test',
    releaseVersion: '4.22.0',
    i18nNamespaces: ['plugin__virt-runbooks-plugin'],
    prometheusBaseURL: '/api/prometheus',
    prometheusTenancyBaseURL: '/api/prometheus-tenancy',
    alertManagerBaseURL: '/api/alertmanager',
    userSettingsLocation: 'localstorage',
    customProductName: 'Test console',
    sandbox: { simulated: true, reloadOnBuild: false },
  },
});

// jsdom lays nothing out, so nothing matches a media query.
window.matchMedia = (media) => ({
  media,
  matches: false,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
});

// The SDK tells of every plugin it loads and of every watch it starts and ends.
const CHATTER = /^(Loading plugin|Plugin \S+ (has been|will be)|websocket|destroying websocket|stopped watching)/;
for (const level of ['info', 'log'] as const) {
  const say = console[level].bind(console);
  console[level] = (...words: unknown[]) => {
    if (!CHATTER.test(String(words[0]))) say(...words);
  };
}
