import { mkdtemp } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { scenarios } from '../../src/testing/scenarios';
import { startBridge } from '../bridge/bridge';
import { buildHost } from '../host/build';
import { findBinaries } from '../monitoring/binaries';
import { type Options, scenarioNamed } from './options';
import { DIST, buildPlugin, watchPlugin } from './pluginBuild';
import { freePort } from './port';
import { type Ports, type Stage, type StageProps, setStage } from './stage';

/** The running sandbox. */
export interface Sandbox {
  /** Where the local console is. */
  url: string;
  /** Where the simulated Kubernetes API is, for kubectl. */
  apiUrl: string;
  /** Names of the alerts that fire, most severe first; undefined if the scenario has no Prometheus. */
  firing(): Promise<readonly string[] | undefined>;
  close(): Promise<void>;
}

/** How the sandbox speaks while it works. */
export interface Reporter {
  /** One sentence about what is being done. */
  progress(sentence: string): void;
  /** A program the sandbox needs has ended: it cannot go on. */
  lost(sentence: string): void;
}

async function temporaryFolder(): Promise<{ dir: string; remove: () => void }> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'virt-runbooks-'));
  const remove = (): void => rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  // Also when the process ends without closing the sandbox; children are killed before, by the same event.
  process.once('exit', remove);
  return { dir, remove };
}

const loopback = (port: number): string => `http://127.0.0.1:${port}`;

/** Puts one scenario after the other on the same ports. Two choices at once are carried out in turn. */
class Theatre {
  private stage: Stage | undefined;
  private queue: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly props: StageProps,
    private readonly report: Reporter,
  ) {}

  get current(): Stage | undefined {
    return this.stage;
  }

  show(id: string): Promise<void> {
    const turn = this.queue.then(() => this.change(id));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async change(id: string): Promise<void> {
    if (this.closed) return;
    await this.stage?.close();
    this.stage = undefined;
    const stage = await setStage(scenarioNamed(id), this.props);
    this.stage = stage;
    void stage.died.then((sentence) => this.report.lost(sentence));
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.queue;
    await this.stage?.close();
  }
}

/** Starts the scenario in the background of the builds: both take seconds, and neither needs the other. */
async function startTheatre(scenario: string, dir: string, report: Reporter): Promise<{ theatre: Theatre; ports: Ports }> {
  const binaries = await findBinaries(report.progress);
  report.progress('Starting the simulated cluster, Prometheus and Alertmanager …');
  const ports = { kubernetes: await freePort(), prometheus: await freePort(), alertmanager: await freePort() };
  const theatre = new Theatre({ binaries, dir, ports }, report);
  await theatre.show(scenario);
  return { theatre, ports };
}

/**
 * Builds what is to be built, starts the simulated cluster, its monitoring and the bridge, and resolves when the alerts of
 * the scenario fire. Throws a `Refusal` for everything the person at the keyboard can mend; what was started by then ends
 * with the process.
 */
export async function startSandbox({ scenario, port, watch }: Options, report: Reporter): Promise<Sandbox> {
  const { dir, remove } = await temporaryFolder();
  // Not in the temporary folder: esbuild's own process may still be writing when this one is ended while it starts.
  const hostDir = path.resolve('.cache', `host-${port}`);
  const [{ theatre, ports }, plugin] = await Promise.all([
    startTheatre(scenario.id, dir, report),
    watch ? watchPlugin(report.progress) : buildPlugin(report.progress),
    buildHost(hostDir),
  ]);
  if (plugin !== undefined) void plugin.gone.then((how) => report.lost(`The watching build ended by itself (${how}).`));
  const bridge = await startBridge({
    port,
    dist: DIST,
    hostDir,
    kubernetes: loopback(ports.kubernetes),
    prometheus: loopback(ports.prometheus),
    alertmanager: loopback(ports.alertmanager),
    scenarios: scenarios.map(({ id, title, alert }) => ({ id, title, alert })),
    scenario: scenario.id,
    onScenario: (id) => theatre.show(id),
    reloadOnBuild: watch,
  });
  const close = async (): Promise<void> => {
    await Promise.all([bridge.close(), theatre.close(), plugin?.stop()]);
    remove();
  };
  return { url: bridge.url, apiUrl: loopback(ports.kubernetes), firing: () => firingOf(theatre), close };
}

async function firingOf(theatre: Theatre): Promise<readonly string[] | undefined> {
  const monitoring = theatre.current?.monitoring;
  return monitoring === undefined ? undefined : (await monitoring.firing()).map(({ labels }) => labels['alertname'] ?? '');
}

