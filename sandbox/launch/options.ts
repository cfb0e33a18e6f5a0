import { type Scenario, scenarios } from '../../src/testing/scenarios';
import { isWatching, readPort } from './port';
import { Refusal } from './refusal';

/** What `make start` was asked for. */
export interface Options {
  scenario: Scenario;
  port: number;
  /** Rebuild the plugin on every change, and reload the page (`make dev`). */
  watch: boolean;
}

const DEFAULT_SCENARIO = 'operator-scaled-to-zero';

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
  return { scenario: scenarioNamed(env['SCENARIO'] ?? DEFAULT_SCENARIO), port: await readPort(env), watch: isWatching(env) };
}
