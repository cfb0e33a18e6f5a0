import path from 'node:path';
import { startBridge } from '../bridge/bridge';
import { buildHost } from '../host/build';
import { DIST, buildPlugin, watchPlugin } from './pluginBuild';
import { greet } from './realCluster';
import { RealCredentials } from './realCredentials';
import { findMonitoring } from './realMonitoring';
import type { RealOptions } from './realOptions';
import type { Reporter } from './sandbox';

/** The local console in front of a real cluster. */
export interface RealConsole {
  /** Where to begin, with the key that lets in. */
  entrance: string;
  context: string;
  server: string;
  /** Who the API server takes us for; undefined if it does not say. */
  user: string | undefined;
  /** What is to be said about them: the address, or why there is none. */
  prometheus: string;
  alertmanager: string;
  close(): Promise<void>;
}

/**
 * Builds what is to be built and starts the bridge in front of the cluster. Nothing is simulated, and nothing is started
 * beside. Throws a `Refusal` for everything the person at the keyboard can mend.
 */
export async function startRealConsole(options: RealOptions, report: Reporter): Promise<RealConsole> {
  const { port, watch, wanted } = options;
  const credentials = new RealCredentials(wanted);
  const { context, server } = credentials;
  report.progress(`Asking ${server} …`);
  const user = await greet(credentials);
  const { prometheus, alertmanager } = await findMonitoring(credentials, options);
  const hostDir = path.resolve('.cache', `host-${port}`);
  const [plugin] = await Promise.all([watch ? watchPlugin(report.progress) : buildPlugin(report.progress), buildHost(hostDir)]);
  if (plugin) void plugin.gone.then((how) => report.lost(`The watching build ended by itself (${how}).`));
  const bridge = await startBridge({
    port, dist: DIST, hostDir, kubernetes: server, prometheus: prometheus.url, alertmanager: alertmanager.url,
    real: { context, server, credentials }, reloadOnBuild: watch,
  });
  const close = async (): Promise<void> => void (await Promise.all([bridge.close(), plugin?.stop()]));
  return { entrance: bridge.entrance, context, server, user, prometheus: prometheus.says, alertmanager: alertmanager.says, close };
}
