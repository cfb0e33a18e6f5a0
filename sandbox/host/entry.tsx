import '@patternfly/patternfly/patternfly.css';
import '@patternfly/patternfly/patternfly-addons.css';
import './host.css';
import { Suspense, useEffect, useState, type FC } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import type { PluginStore } from '@openshift/dynamic-plugin-sdk';
import { initTranslations, readFromServer } from './i18n';
import { createPluginStore, loadPlugins } from './plugins/pluginStore';
import { reloadOnBuild } from './reload';
import { serverFlags } from './serverFlags';
import { App, type Startup } from './shell/App';
import { HostProviders } from './shell/providers';
import { Loading } from './shell/routes';
import { ScenarioProvider } from './shell/scenarios';
import { discover } from './store/discovery';
import { keepModelFlags } from './store/featureFlags';
import { createHostStore, type HostStore } from './store/store';

const sentence = (what: string, error: unknown): string => `${what}: ${error instanceof Error ? error.message : String(error)}`;

/** Loads plugins and discovers the API, and says what of it failed. */
function useStartup(store: HostStore, plugins: PluginStore): Startup {
  const [startup, setStartup] = useState<Startup>({ isDone: false, problems: [] });
  useEffect(() => {
    const fail = (what: string) => (error: unknown) =>
      setStartup(({ isDone, problems }) => ({ isDone, problems: [...problems, sentence(what, error)] }));
    void discover(store).catch(fail('The API could not be discovered'));
    void loadPlugins(plugins)
      .catch(fail('The plugin could not be loaded'))
      .finally(() => setStartup(({ problems }) => ({ isDone: true, problems })));
  }, [store, plugins]);
  return startup;
}

const Host: FC<{ store: HostStore; plugins: PluginStore }> = ({ store, plugins }) => {
  const startup = useStartup(store, plugins);
  return (
    <BrowserRouter>
      <HostProviders store={store} plugins={plugins}>
        <ScenarioProvider>
          <Suspense fallback={<Loading />}>
            <App startup={startup} />
          </Suspense>
        </ScenarioProvider>
      </HostProviders>
    </BrowserRouter>
  );
};

/** Puts the console on the page. No StrictMode: the console has none, and the SDK's watches warn of starting twice. */
async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (!root) throw new Error('The page has no element "app".');
  const store = createHostStore();
  const plugins = createPluginStore();
  keepModelFlags(store, plugins);
  await initTranslations(serverFlags().i18nNamespaces, readFromServer);
  createRoot(root).render(<Host store={store} plugins={plugins} />);
  if (serverFlags().sandbox.reloadOnBuild) reloadOnBuild();
}

void start();
