// `make start`: a local console with the built plugin, a simulated cluster and a real Prometheus, until Ctrl-C.
import { readOptions, scenarioTable } from './launch/options';
import { Refusal } from './launch/refusal';
import { type Sandbox, startSandbox } from './launch/sandbox';

let sandbox: Sandbox | undefined;
let ending = false;

/** Stops everything and ends the process; a second call while the first is at it does nothing. */
async function end(code: number, sentence?: string): Promise<void> {
  if (ending) return;
  ending = true;
  if (sentence !== undefined) console.error(sentence);
  await sandbox?.close();
  // What is still being started is killed on exit.
  process.exit(code);
}

function fail(error: unknown): void {
  void end(1, error instanceof Refusal ? error.message : error instanceof Error ? error.stack : String(error));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

if (process.env['SCENARIO'] === 'list') {
  console.log(scenarioTable());
  process.exit(0);
}

try {
  const options = await readOptions(process.env);
  sandbox = await startSandbox(options, { progress: (sentence) => console.log(sentence), lost: (sentence) => void end(1, `${sentence} Start again.`) });
  const { id, title } = options.scenario;
  const firing = await sandbox.firing();
  console.log(`
Local console   ${sandbox.url}
Scenario        ${id}: ${title} (simulated cluster)
Cluster         kubectl --server=${sandbox.apiUrl}
Alerts firing   ${firing === undefined ? 'unknown: this scenario has no Prometheus' : firing.length === 0 ? 'none' : firing.join(', ')}

Choose another scenario in the page, or by SCENARIO=… (SCENARIO=list names them). Ctrl-C stops everything.`);
} catch (error) {
  fail(error);
}
