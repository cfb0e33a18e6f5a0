import * as consoleSdk from '@openshift-console/dynamic-plugin-sdk';
import * as pluginSdk from '@openshift/dynamic-plugin-sdk';
import * as reactCore from '@patternfly/react-core';
import * as reactIcons from '@patternfly/react-icons';
import * as reactTable from '@patternfly/react-table';
import * as react from 'react';
import * as reactI18next from 'react-i18next';
import * as reactRedux from 'react-redux';
import * as reactRouter from 'react-router';
import * as redux from 'redux';
import * as reduxThunk from 'redux-thunk';
import { patternFlyRequests, versions } from 'host:shared-modules';

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

const shared = (name: string, module: unknown): Record<string, Shared> => ({
  [versions[name] ?? '0.0.0']: { get: () => Promise.resolve(() => module), loaded: 1, eager: true, from: 'local-console' },
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
// A plugin asks for PatternFly's modules one by one. What it takes from each is in the package's index too, so that
// whole index is what it gets: the bundler would otherwise have to load each of 1,800 modules on demand.
const patternFly: Readonly<Record<string, unknown>> = {
  '@patternfly/react-core': reactCore,
  '@patternfly/react-icons': reactIcons,
  '@patternfly/react-table': reactTable,
};
// Deprecated names, under which the console hands out the same module.
const aliases = ['react-router-dom', 'react-router-dom-v5-compat'];

/** The modules that the console shares with plugins, as webpack's containers expect them. */
export function shareScope(): ShareScope {
  const scope: ShareScope = {};
  for (const [name, module] of Object.entries(singletons)) scope[name] = shared(name, module);
  for (const alias of aliases) scope[alias] = shared('react-router', reactRouter);
  for (const [name, module] of Object.entries(patternFly)) {
    for (const request of patternFlyRequests[name] ?? []) scope[request] = shared(name, module);
  }
  return scope;
}
