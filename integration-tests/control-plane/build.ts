import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ProgramFailure, lastLine, run } from '../../sandbox/launch/child';
import { Refusal } from '../../sandbox/launch/refusal';
import { LINKED, type Module, PROGRAMS, type Program, type ProgramName } from './programs';

/** Kubernetes 1.35 asks for it. */
const OLDEST_GO = [1, 25] as const;

const SOURCES = path.resolve('integration-tests', 'control-plane', 'go');

/** Outside the clone, so that a fresh clone has them at once. */
const CACHE = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'virt-runbooks', 'control-plane');

/** `-trimpath` has a build cache of its own: whoever builds by hand should use the same flags. */
const FLAGS = ['-trimpath', '-buildvcs=false', '-mod=readonly'] as const;

/** Where each of some programs lies. */
export type Built<Name extends ProgramName = ProgramName> = Readonly<Record<Name, string>>;

/** Says one sentence about what takes long. */
export type Say = (sentence: string) => void;

const linkerFlags = (module: Module): string =>
  Object.entries(LINKED[module] ?? {}).map(([name, value]) => `-X ${name}=${value}`).join(' ');

/** What decides about a module's programs, as paths below its folder. */
async function sourcesOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /^go\.(mod|sum)$|\.go$/.test(path.basename(name))).sort();
}

/** The folder of a module's programs: its name says what they were built from, so that nothing stale is ever found in it. */
async function folderOf(module: Module): Promise<string> {
  const root = path.join(SOURCES, module);
  const hash = createHash('sha256').update([...FLAGS, linkerFlags(module), os.platform(), os.arch()].join('\n'));
  for (const file of await sourcesOf(root)) hash.update(`\n${file}\n`).update(await readFile(path.join(root, file)));
  return path.join(CACHE, `${module}-${hash.digest('hex').slice(0, 32)}`);
}

const programOf = (name: ProgramName): Program => PROGRAMS[name];

async function placesOf<Name extends ProgramName>(names: readonly Name[]): Promise<readonly (readonly [Name, string])[]> {
  const modules = [...new Set(names.map((name) => programOf(name).module))];
  const folders = new Map(await Promise.all(modules.map(async (module) => [module, await folderOf(module)] as const)));
  return names.map((name) => [name, path.join(folders.get(programOf(name).module) ?? CACHE, name)] as const);
}

/** The programs that are not built yet. */
export async function missingPrograms<Name extends ProgramName>(names: readonly Name[]): Promise<readonly Name[]> {
  return (await placesOf(names)).filter(([, file]) => !existsSync(file)).map(([name]) => name);
}

/** Why nothing can be built here, in one sentence with what to do; undefined if it can. */
export async function whyNoGo(): Promise<string | undefined> {
  const instead = `Install Go ${OLDEST_GO.join('.')} or newer (https://go.dev/doc/install), put it on PATH and start again.`;
  try {
    const { stdout } = await run('go', ['version'], { env: process.env });
    const [, major = '0', minor = '0'] = /go(\d+)\.(\d+)/.exec(stdout) ?? [];
    const recent = Number(major) > OLDEST_GO[0] || (Number(major) === OLDEST_GO[0] && Number(minor) >= OLDEST_GO[1]);
    return recent ? undefined : `The control plane is built with Go, and this one is too old (${stdout.trim()}). ${instead}`;
  } catch {
    return `The control plane is built with Go, which is not here. ${instead}`;
  }
}

const NO_NETWORK = /dial tcp|proxyconnect|no such host|i\/o timeout|connection refused|network is unreachable|TLS handshake/;

/** What to do about a build that failed. The compiler's own words stand in the middle. */
function refusalOf(name: ProgramName, error: unknown): Refusal {
  const said = error instanceof ProgramFailure ? error.output.stderr : lastLine(error);
  if (NO_NETWORK.test(said)) {
    return new Refusal(`${name} could not be built because Go could not download a module (${lastLine(error)}): connect to the network, or set GOPROXY to a proxy that can be reached, and start again.`);
  }
  if (/no space left/.test(said)) return new Refusal(`${name} could not be built because the disk is full: 12 GB are needed in all.`);
  return new Refusal(`${name} could not be built:\n${said.trim().split('\n').slice(-15).join('\n')}`);
}

async function build(name: ProgramName, file: string): Promise<void> {
  const { module, from } = programOf(name);
  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.${randomUUID()}.part`;
  const linked = linkerFlags(module);
  // What the surroundings set in GOFLAGS would make another build, with another cache.
  const env = { ...process.env, GOFLAGS: '', GOWORK: 'off' };
  try {
    await run('go', ['build', ...FLAGS, ...(linked === '' ? [] : ['-ldflags', linked]), '-o', part, from], { cwd: path.join(SOURCES, module), env });
    // Two who build at once do the work twice and put the same in place.
    await rename(part, file);
  } catch (error) {
    throw refusalOf(name, error);
  } finally {
    await rm(part, { force: true });
  }
}

const BUILD_MINUTES = 'about 15 minutes on two cores if Go has compiled nothing of it before, about 20 seconds per program otherwise';

/**
 * Builds those of the programs that are not built yet, one after the other (each build uses every core itself).
 * Throws a {@link Refusal} that says what to do when Go is missing, the network is, or a build fails.
 */
export async function buildPrograms<Name extends ProgramName>(names: readonly Name[], say: Say = () => undefined): Promise<Built<Name>> {
  const places = await placesOf(names);
  const missing = places.filter(([, file]) => !existsSync(file));
  if (missing.length > 0) {
    const why = await whyNoGo();
    if (why !== undefined) throw new Refusal(why);
    say(`Building ${missing.length} of ${names.length} programs of Kubernetes and KubeVirt into ${CACHE}, once: ${BUILD_MINUTES} …`);
  }
  for (const [place, [name, file]] of missing.entries()) {
    const begun = Date.now();
    await build(name, file);
    say(`  ${place + 1}/${missing.length} ${name} (${Math.round((Date.now() - begun) / 1_000)} s)`);
  }
  return Object.fromEntries(places) as Built<Name>;
}
