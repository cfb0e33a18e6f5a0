import path from 'node:path';
import { lastLine, run } from '../launch/child';
import { Refusal } from '../launch/refusal';
import { fetchPackages } from '../launch/packages';
import { relocateAlertmanager, templatesFolder } from './relocation';

/** The programs of the monitoring stack: commands on PATH, or absolute paths below the clone's `.cache`. */
export interface Binaries {
  prometheus: string;
  promtool: string;
  alertmanager: string;
  /** The folder Alertmanager has to be started in; undefined if any will do. */
  alertmanagerFolder: string | undefined;
}

/** `promtool tsdb create-blocks-from openmetrics` came with 2.24, blocks that may overlap without a flag with 2.39. */
const OLDEST = [2, 39] as const;

/** Where the fetched programs are kept, below the clone. */
export const CACHE = path.resolve('.cache', 'prometheus');

const WANTED = { packages: ['prometheus', 'prometheus-alertmanager'], what: 'Prometheus', instead: 'Put prometheus, promtool and alertmanager on PATH and start again.' };

/** Debian's packages and upstream's archives name Alertmanager differently. */
const ALERTMANAGERS = ['alertmanager', 'prometheus-alertmanager'] as const;

/** What `--version` says first (`prometheus, version 2.42.0+ds …`); undefined if the program is not there or does not run. */
async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(command, ['--version']);
    return /version (\d+\.\d+\.\d+)/.exec(stdout + stderr)?.[1];
  } catch {
    return undefined;
  }
}

const isRecent = (version: string | undefined): boolean => {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
};

async function complete(folder: string | undefined): Promise<Binaries | undefined> {
  const at = (name: string): string => (folder === undefined ? name : path.join(folder, 'usr', 'bin', name));
  const [prometheus, promtool, ...alertmanagers] = await Promise.all(['prometheus', 'promtool', ...ALERTMANAGERS].map((name) => versionOf(at(name))));
  const alertmanager = ALERTMANAGERS.find((_, place) => alertmanagers[place] !== undefined);
  if (!isRecent(prometheus) || !isRecent(promtool) || alertmanager === undefined) return undefined;
  return { prometheus: at('prometheus'), promtool: at('promtool'), alertmanager: at(alertmanager), alertmanagerFolder: folder === undefined ? undefined : templatesFolder(folder) };
}

/**
 * Finds Prometheus, promtool and Alertmanager on PATH, else in the clone's `.cache`, else fetches them there.
 * Throws a {@link Refusal} that says what to do when they cannot be had.
 */
export async function findBinaries(progress: (sentence: string) => void = () => undefined): Promise<Binaries> {
  const present = (await complete(undefined)) ?? (await complete(CACHE));
  if (present !== undefined) return present;
  progress('Fetching Prometheus and Alertmanager into .cache/prometheus (30 MB) …');
  await fetchPackages(CACHE, WANTED, relocateAlertmanager);
  const fetched = await complete(CACHE);
  if (fetched !== undefined) return fetched;
  const said = await run(path.join(CACHE, 'usr', 'bin', 'prometheus'), ['--version']).then(({ stdout }) => stdout.split('\n')[0] ?? '', lastLine);
  throw new Refusal(`The Prometheus of this distribution does not run here or is older than ${OLDEST.join('.')} (${said}): put a newer prometheus, promtool and alertmanager on PATH and start again.`);
}
