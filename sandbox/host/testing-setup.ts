import { TextDecoder, TextEncoder } from 'node:util';

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

// jsdom has neither; the router needs them.
Object.assign(globalThis, { TextDecoder, TextEncoder });
