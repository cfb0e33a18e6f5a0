import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ProgramFailure, lastLine, run } from '../launch/child';
import { Refusal } from '../launch/refusal';
import { relocateAlertmanager } from './relocation';

const PACKAGES = ['prometheus', 'prometheus-alertmanager'] as const;
const INSTEAD = 'Put prometheus, promtool and alertmanager on PATH and start again.';

/** A machine whose package lists were never filled (a fresh container) gets lists of its own inside the clone: that needs no root. */
async function refreshLists(folder: string): Promise<readonly string[]> {
  const lists = path.join(folder, 'lists');
  const cache = path.join(folder, 'cache');
  await Promise.all([path.join(lists, 'partial'), path.join(cache, 'archives', 'partial')].map((dir) => mkdir(dir, { recursive: true })));
  const options = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`, '-o', 'APT::Sandbox::User='];
  try {
    await run('apt-get', [...options, '-qq', '-o', 'APT::Update::Error-Mode=any', 'update']);
  } catch (error) {
    throw new Refusal(`The package lists could not be read, so Prometheus cannot be fetched: connect to the network and start again (${lastLine(error)}). Or: ${INSTEAD}`);
  }
  return options;
}

async function download(folder: string): Promise<void> {
  const fetchWith = (options: readonly string[]): Promise<unknown> => run('apt-get', [...options, '-qq', 'download', ...PACKAGES], { cwd: folder });
  try {
    // The sandbox user of apt may not write into the clone; without this it says so at length when run by root.
    await fetchWith(['-o', 'APT::Sandbox::User=']);
    return;
  } catch (error) {
    if (error instanceof ProgramFailure && error.missing) throw new Refusal(`Prometheus is not on PATH, and there is no apt-get here to fetch it. ${INSTEAD}`);
  }
  const options = await refreshLists(folder);
  try {
    await fetchWith(options);
  } catch (error) {
    const said = lastLine(error);
    const why = /unable to locate|no candidate|not find/i.test(said) ? 'this distribution offers no such package' : 'the packages could not be downloaded; check the network';
    throw new Refusal(`Prometheus could not be fetched by apt-get: ${why} (${said}). ${INSTEAD}`);
  }
}

async function unpack(folder: string, into: string): Promise<void> {
  const archives = (await readdir(folder)).filter((file) => file.endsWith('.deb'));
  try {
    for (const archive of archives) await run('dpkg', ['-x', path.join(folder, archive), into]);
  } catch (error) {
    throw new Refusal(`The packages of Prometheus could not be unpacked (${lastLine(error)}): dpkg is needed for that. Or: ${INSTEAD}`);
  }
}

/**
 * Fetches Debian's packages of Prometheus and Alertmanager and unpacks them into `into`, without root and without installing.
 * The folder appears only once it is complete. Throws a {@link Refusal} that says what to do.
 */
export async function fetchPackages(into: string): Promise<void> {
  const work = `${into}.part`;
  const unpacked = path.join(work, 'root');
  await rm(work, { recursive: true, force: true });
  await mkdir(unpacked, { recursive: true });
  try {
    await download(work);
    await unpack(work, unpacked);
    await relocateAlertmanager(unpacked);
    await rm(into, { recursive: true, force: true });
    await rename(unpacked, into);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
