import { PluginStore } from '@openshift/dynamic-plugin-sdk';
import { serverFlags } from '../serverFlags';
import { consoleItself } from './consoleItself';
import { shareScope } from './sharedModules';

// The console's contributions that this one does not draw; said once, so that nothing is missing silently.
const DRAWN = new Set([
  'console.action/filter',
  'console.action/provider',
  'console.action/resource-provider',
  'console.alert-action',
  'console.flag/model',
  'console.navigation/href',
  'console.navigation/resource-cluster',
  'console.navigation/resource-ns',
  'console.navigation/section',
  'console.navigation/separator',
  'console.page/route',
  'console.perspective',
  'console.tab',
]);

/** A store with the SDK's real loader, that calls itself console 4.22. */
export function createPluginStore(): PluginStore {
  return new PluginStore({
    loaderOptions: {
      sharedScope: shareScope(),
      customDependencyResolutions: { '@console/pluginAPI': serverFlags().releaseVersion },
    },
  });
}

/** Loads what the console has of itself, then the plugins that the server names. Rejects if a manifest cannot be read. */
export async function loadPlugins(store: PluginStore): Promise<void> {
  await store.loadPlugin(consoleItself);
  await Promise.all(serverFlags().consolePlugins.map((name) => store.loadPlugin(`/api/plugins/${name}/plugin-manifest.json`)));
  const ignored = new Set(store.getExtensions().flatMap(({ type }) => (DRAWN.has(type) ? [] : [type])));
  for (const type of ignored) console.warn(`This local console does not draw extensions of the type ${type}.`);
}
