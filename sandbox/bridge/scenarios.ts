import { replyError, replyJson } from './reply';
import type { ServerResponse } from 'node:http';

/** A scenario as the page's chooser lists it. */
export interface ScenarioChoice {
  id: string;
  title: string;
  /** The alert that the scenario makes fire, if it does. */
  alert?: string | undefined;
}

/** What the page's chooser can choose from, and what choosing does. */
export interface ScenarioOptions {
  scenarios: readonly ScenarioChoice[];
  /** The id of the scenario that is on. */
  current: () => string;
  /** Puts another one on; resolves when the world and what watches it are ready. */
  choose: (id: string) => Promise<void> | void;
}

/** `GET /sandbox/scenarios`: what there is, which is on, and whether there is a simulated cluster at all. */
export function listScenarios(response: ServerResponse, options: ScenarioOptions | undefined): void {
  replyJson(response, 200, {
    simulated: options !== undefined,
    scenarios: options?.scenarios ?? [],
    current: options?.current() ?? null,
  });
}

/** `POST /sandbox/scenario {"id": …}`: answers when the scenario is on. 404 names the known ones. */
export async function chooseScenario(response: ServerResponse, options: ScenarioOptions | undefined, body: string): Promise<void> {
  if (options === undefined) {
    replyError(response, 404, 'The cluster behind this bridge is not simulated: there is no scenario to choose.');
    return;
  }
  const id = idIn(body);
  if (!options.scenarios.some((scenario) => scenario.id === id)) {
    replyError(response, 404, `There is no scenario "${id}". There are: ${options.scenarios.map((scenario) => scenario.id).join(', ')}.`);
    return;
  }
  try {
    await options.choose(id);
    replyJson(response, 200, { current: id });
  } catch (error) {
    replyError(response, 500, `The scenario "${id}" could not be put on: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function idIn(body: string): string {
  try {
    const parsed = JSON.parse(body) as { id?: unknown } | null;
    return typeof parsed?.id === 'string' ? parsed.id : '';
  } catch {
    return '';
  }
}
