// `make start`: a local console with the built plugin until Ctrl-C, in front of a simulated cluster and a real Prometheus,
// or, with KUBECONFIG=…, in front of a real cluster.
import { readRealOptions, type RealOptions } from './launch/realOptions';
import { Refusal } from './launch/refusal';
import type { Reporter } from './launch/sandbox';

let running: { close(): Promise<void> } | undefined;
let ending = false;

/** Stops everything and ends the process; a second call while the first is at it does nothing. */
async function end(code: number, sentence?: string): Promise<void> {
  if (ending) return;
  ending = true;
  if (sentence !== undefined) console.error(sentence);
  await running?.close();
  // What is still being started is killed on exit.
  process.exit(code);
}

function fail(error: unknown): void {
  void end(1, error instanceof Refusal ? error.message : error instanceof Error ? error.stack : String(error));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

const reporter: Reporter = { progress: (sentence) => console.log(sentence), lost: (sentence) => void end(1, `${sentence} Start again.`) };

// Loaded only when it is wanted: before a real cluster nothing of the simulated one is in this process.
async function showSandbox(): Promise<void> {
  const [{ readOptions, scenarioTable }, { startSandbox }] = await Promise.all([import('./launch/options'), import('./launch/sandbox')]);
  if (process.env['SCENARIO'] === 'list') {
    console.log(scenarioTable());
    process.exit(0);
  }
  const options = await readOptions(process.env);
  const sandbox = await startSandbox(options, reporter);
  running = sandbox;
  const { id, title } = options.scenario;
  const firing = await sandbox.firing();
  console.log(`
Local console   ${sandbox.url}
Scenario        ${id}: ${title} (simulated cluster)
Cluster         kubectl --server=${sandbox.apiUrl}
Alerts firing   ${firing === undefined ? 'unknown: this scenario has no Prometheus' : firing.length === 0 ? 'none' : firing.join(', ')}

Choose another scenario in the page, or by SCENARIO=… (SCENARIO=list names them). Ctrl-C stops everything.`);
}

async function showReal(options: RealOptions): Promise<void> {
  const { startRealConsole } = await import('./launch/realConsole');
  const real = await startRealConsole(options, reporter);
  running = real;
  console.log(`
Local console   ${real.entrance}
Real cluster    ${real.context} (${real.server})${real.user === undefined ? '' : `, as ${real.user}`}. Writes are real.
Prometheus      ${real.prometheus}
Alertmanager    ${real.alertmanager}

The address lets whoever opens it act with your rights, until Ctrl-C: do not pass it on.`);
}

try {
  const real = await readRealOptions(process.env);
  await (real === undefined ? showSandbox() : showReal(real));
} catch (error) {
  fail(error);
}
