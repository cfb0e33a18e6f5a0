import * as consoleSdk from '@openshift-console/dynamic-plugin-sdk';
import * as pluginSdk from '@openshift/dynamic-plugin-sdk';
import * as react from 'react';
import * as reactI18next from 'react-i18next';
import * as reactRedux from 'react-redux';
import * as reactRouter from 'react-router';
import * as redux from 'redux';
import * as reduxThunk from 'redux-thunk';
import { patternFlyModules, versions } from 'host:shared-modules';

/** One version of one module, in webpack's share scope. */
interface Shared {
  get: () => Promise<() => unknown>;
  // Without these two a plugin whose name sorts after ours would replace our module by its own.
  loaded: 1;
  eager: true;
  from: string;
}
/** Webpack's share scope: module request → version → module. */
export type ShareScope = Record<string, Record<string, Shared>>;

const shared = (version: string, load: () => Promise<unknown>): Record<string, Shared> => ({
  [version]: { get: async () => ((module) => () => module)(await load()), loaded: 1, eager: true, from: 'local-console' },
});

const singletons: Readonly<Record<string, unknown>> = {
  '@openshift/dynamic-plugin-sdk': pluginSdk,
  '@openshift-console/dynamic-plugin-sdk': consoleSdk,
  react,
  'react-i18next': reactI18next,
  'react-redux': reactRedux,
  'react-router': reactRouter,
  redux,
  'redux-thunk': reduxThunk,
};
// Deprecated names, under which the console hands out the same module.
const aliases = ['react-router-dom', 'react-router-dom-v5-compat'];

/** The modules that the console shares with plugins, as webpack's containers expect them. */
export function shareScope(): ShareScope {
  const scope: ShareScope = {};
  for (const [name, module] of Object.entries(singletons)) scope[name] = shared(versions[name] ?? '0.0.0', () => Promise.resolve(module));
  for (const alias of aliases) scope[alias] = shared(versions['react-router'] ?? '0.0.0', () => Promise.resolve(reactRouter));
  for (const [request, { version, load }] of Object.entries(patternFlyModules)) scope[request] = shared(version, load);
  return scope;
}
