import { type Scenario, scenarios } from '../../src/testing/scenarios';
import { portTrouble } from './port';
import { Refusal } from './refusal';

/** What `make start` was asked for. */
export interface Options {
  scenario: Scenario;
  port: number;
  /** Rebuild the plugin on every change, and reload the page (`make dev`). */
  watch: boolean;
}

const DEFAULT_SCENARIO = 'operator-scaled-to-zero';
const DEFAULT_PORT = 9_000;

/** Every scenario on a line of its own: what to type, and what it is. */
export function scenarioTable(): string {
  const width = Math.max(...scenarios.map(({ id }) => id.length));
  return scenarios.map(({ id, title }) => `  ${id.padEnd(width)}  ${title}`).join('\n');
}

/** The scenario of that name. Throws a {@link Refusal} that lists all. */
export function scenarioNamed(id: string): Scenario {
  const scenario = scenarios.find((one) => one.id === id);
  if (scenario === undefined) throw new Refusal(`There is no scenario "${id}"; choose one of these with SCENARIO=…:\n${scenarioTable()}`);
  return scenario;
}

/** Reads SCENARIO, PORT and WATCH. Throws a {@link Refusal} for what cannot be, a taken port among it. */
export async function readOptions(env: NodeJS.ProcessEnv): Promise<Options> {
  const scenario = scenarioNamed(env['SCENARIO'] ?? DEFAULT_SCENARIO);
  const text = env['PORT'] ?? String(DEFAULT_PORT);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal(`PORT=${text} is no port: give a number from 1024 to 65535.`);
  const trouble = await portTrouble(port);
  if (trouble === 'EADDRINUSE') throw new Refusal(`Port ${port} is taken: stop what listens there, or choose another with PORT=… .`);
  if (trouble !== undefined) throw new Refusal(`Port ${port} cannot be used (${trouble}): choose another with PORT=… .`);
  return { scenario, port, watch: env['WATCH'] === '1' };
}
