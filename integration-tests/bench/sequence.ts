import { commandOf, fillCommand, queryText, type Lookup, type Source } from '../../src/engine';
import { run } from '../../sandbox/launch/child';

/** Where somebody at a terminal types the runbook's commands. */
export interface Terminal {
  /** Folder of `kubectl`. */
  programs: string;
  kubeconfig: string;
  prometheus: string;
  /** Folder in which kubectl keeps what it discovered. */
  home: string;
}

// Every value is filled in: the diagnosis that the commands are of has been run.
const nothingLate: Lookup = () => ({ state: 'pending' });
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** What a person types to see what the source brings. */
export function commandFor(source: Source, prometheus: string, now: number): string {
  if (source.kind !== 'metrics') return fillCommand(commandOf(source), nothingLate).text.replace(/^oc /, 'kubectl ');
  const query = queryText({ parts: source.query.parts, values: source.query.values.map(String) });
  const asked = `--data-urlencode ${quoted(`query=${query}`)}`;
  const end = Math.round(now / 1000);
  return source.over
    ? `curl -sG ${prometheus}/api/v1/query_range ${asked} -d start=${end - source.over.range} -d end=${end} -d step=${source.over.step}`
    : `curl -sG ${prometheus}/api/v1/query ${asked}`;
}

/** Runs commands one after the other, in one shell, as a script without a pause for thought. Resolves with milliseconds. */
export async function timeSequence(commands: readonly string[], { programs, kubeconfig, home }: Terminal): Promise<number> {
  // What fails (a log that is not there) takes its time all the same. The output is looked at by nobody.
  const script = commands.map((command) => `${command} >/dev/null 2>&1`).join('\n');
  const begin = performance.now();
  await run('sh', ['-c', `${script}\ntrue`], { env: { ...process.env, PATH: `${programs}:${process.env['PATH'] ?? ''}`, KUBECONFIG: kubeconfig, HOME: home } });
  return performance.now() - begin;
}
