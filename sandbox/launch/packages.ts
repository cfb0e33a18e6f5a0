import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ProgramFailure, lastLine, run } from './child';
import { Refusal } from './refusal';

/** Packages of Debian, and what to say if they cannot be had. */
export interface Wanted {
  packages: readonly string[];
  /** What is fetched, as the subject of a sentence. */
  what: string;
  /** What to do without them, a sentence. */
  instead: string;
}

/** A machine whose package lists were never filled (a fresh container) gets lists of its own inside the clone: that needs no root. */
async function refreshLists(folder: string, { what, instead }: Wanted): Promise<readonly string[]> {
  const lists = path.join(folder, 'lists');
  const cache = path.join(folder, 'cache');
  await Promise.all([path.join(lists, 'partial'), path.join(cache, 'archives', 'partial')].map((dir) => mkdir(dir, { recursive: true })));
  const options = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`, '-o', 'APT::Sandbox::User='];
  try {
    await run('apt-get', [...options, '-qq', '-o', 'APT::Update::Error-Mode=any', 'update']);
  } catch (error) {
    throw new Refusal(`The package lists could not be read, so ${what} cannot be fetched: connect to the network and start again (${lastLine(error)}). Or: ${instead}`);
  }
  return options;
}

async function download(folder: string, wanted: Wanted): Promise<void> {
  const { packages, what, instead } = wanted;
  const fetchWith = (options: readonly string[]): Promise<unknown> => run('apt-get', [...options, '-qq', 'download', ...packages], { cwd: folder });
  try {
    // The sandbox user of apt may not write into the clone; without this it says so at length when run by root.
    await fetchWith(['-o', 'APT::Sandbox::User=']);
    return;
  } catch (error) {
    if (error instanceof ProgramFailure && error.missing) throw new Refusal(`${what} is not on PATH, and there is no apt-get here to fetch it. ${instead}`);
  }
  const options = await refreshLists(folder, wanted);
  try {
    await fetchWith(options);
  } catch (error) {
    const said = lastLine(error);
    const why = /unable to locate|no candidate|not find/i.test(said) ? 'this distribution offers no such package' : 'the packages could not be downloaded; check the network';
    throw new Refusal(`${what} could not be fetched by apt-get: ${why} (${said}). ${instead}`);
  }
}

async function unpack(folder: string, into: string, { what, instead }: Wanted): Promise<void> {
  const archives = (await readdir(folder)).filter((file) => file.endsWith('.deb'));
  try {
    for (const archive of archives) await run('dpkg', ['-x', path.join(folder, archive), into]);
  } catch (error) {
    throw new Refusal(`The packages of ${what} could not be unpacked (${lastLine(error)}): dpkg is needed for that. Or: ${instead}`);
  }
}

/**
 * Fetches packages of Debian and unpacks them into `into`, without root and without installing; `mend` is called with the folder before it is
 * in its place. The folder appears only once it is complete. Throws a {@link Refusal} that says what to do.
 */
export async function fetchPackages(into: string, wanted: Wanted, mend: (folder: string) => Promise<void> = async () => undefined): Promise<void> {
  const work = `${into}.part`;
  const unpacked = path.join(work, 'root');
  await rm(work, { recursive: true, force: true });
  await mkdir(unpacked, { recursive: true });
  try {
    await download(work, wanted);
    await unpack(work, unpacked, wanted);
    await mend(unpacked);
    await rm(into, { recursive: true, force: true });
    await rename(unpacked, into);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
