import { KEY_PARAMETER } from './key';

/** The real cluster behind the bridge, as a person knows it. */
export interface RealClusterName {
  /** Context of the kubeconfig. */
  context: string;
  /** Address of the API server. */
  server: string;
}

/** What the host page is told before its first script runs; the names are the console's (openshift/console pkg/server/server.go). */
export interface ServerFlags {
  basePath: string;
  consolePlugins: string[];
  consoleVersion: string;
  releaseVersion: string;
  i18nNamespaces: string[];
  prometheusBaseURL?: string | undefined;
  prometheusTenancyBaseURL?: string | undefined;
  alertManagerBaseURL?: string | undefined;
  userSettingsLocation: string;
  customProductName: string;
  /** Ours: is the cluster behind the bridge simulated, or which real one is it, and should the page reload when the plugin was built anew? */
  sandbox: { simulated: boolean; reloadOnBuild: boolean; real?: RealClusterName | undefined };
}

// "</script>" and "<!--" inside a string would end or change the script.
const asScript = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** The one HTML page of the host. `nonce` is the one in the content security policy sent with it. */
export const indexPage = (flags: ServerFlags, nonce: string): string => `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${flags.customProductName}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/static/entry.css" />
    <script nonce="${nonce}">
      const address = new URL(location.href);
      if (address.searchParams.has('${KEY_PARAMETER}')) {
        address.searchParams.delete('${KEY_PARAMETER}');
        history.replaceState(null, '', address);
      }
      window.SERVER_FLAGS = ${asScript(flags)};
      const theme = localStorage.getItem('bridge/theme');
      const dark = theme === 'dark' || (theme === 'systemDefault' && matchMedia('(prefers-color-scheme: dark)').matches);
      document.documentElement.classList.toggle('pf-v6-theme-dark', dark);
    </script>
  </head>
  <body>
    <noscript>The console needs JavaScript.</noscript>
    <div id="app"></div>
    <script nonce="${nonce}" src="/static/entry.js"></script>
  </body>
</html>
`;
