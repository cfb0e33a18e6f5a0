import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, ProgramFailure, lastLine, run, startChild } from './child';
import { Refusal } from './refusal';

/** Where webpack leaves the plugin. */
export const DIST = path.resolve('dist');
const MANIFEST = path.join(DIST, 'plugin-manifest.json');

/** What the build reads. Specs and the world are part of no page. */
const INPUTS = ['src', 'locales', 'console-extensions.json', 'package.json', 'package-lock.json', 'tsconfig.json', 'webpack.config.ts'];
const NOT_BUILT = /\.spec\.tsx?$|^src\/testing(\/|$)/;

const modified = async (file: string): Promise<number> => stat(file).then(({ mtimeMs }) => mtimeMs, () => 0);

/** When the newest of these files and folders was changed, in milliseconds since 1970; 0 if there is none. */
async function newest(entry: string): Promise<number> {
  if (NOT_BUILT.test(entry)) return 0;
  const found = await stat(entry).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  // The folder's own time counts too: it is all that a deleted file leaves.
  const inside = await Promise.all((await readdir(entry)).map((name) => newest(path.join(entry, name))));
  return Math.max(found.mtimeMs, ...inside);
}

/** As `npm run build` and `build:dev` do; without npm in between, which would leave webpack behind if it is killed. */
const webpack = (mode: 'production' | 'development'): string[] => ['--import', 'tsx', 'node_modules/webpack-cli/bin/cli.js', '--mode', mode];

/** Builds the plugin into `dist` if anything it is made of is newer. Throws a {@link Refusal} if it does not build. */
export async function buildPlugin(progress: (sentence: string) => void): Promise<void> {
  const [built, ...changes] = await Promise.all([modified(MANIFEST), ...INPUTS.map(newest)]);
  if (built > Math.max(...changes)) return;
  progress('Building the plugin …');
  try {
    await run(process.execPath, webpack('production'), { env: { ...process.env, NODE_ENV: 'production' } });
  } catch (error) {
    const said = error instanceof ProgramFailure ? error.output.stdout.trim() : '';
    throw new Refusal(`${said === '' ? lastLine(error) : said}\nThe plugin does not build: mend what is named above and start again.`);
  }
}

const FIRST_BUILD_WITHIN = 60_000;

/** Builds the plugin again on every change, until stopped, and says what does not build. Resolves after the first build. */
export async function watchPlugin(progress: (sentence: string) => void): Promise<Child> {
  progress('Building the plugin, and again on every change …');
  const begin = Date.now();
  // A file that would be the same is not written again: only one that was not there tells that the build is done.
  await rm(MANIFEST, { force: true });
  const watcher = startChild('webpack', process.execPath, [...webpack('development'), '--watch'], undefined, (output) => progress(output.trimEnd()));
  let ended: string | undefined;
  void watcher.gone.then((how) => (ended = how));
  while ((await modified(MANIFEST)) === 0) {
    if (ended !== undefined || Date.now() - begin > FIRST_BUILD_WITHIN) {
      await watcher.stop();
      throw new Refusal(`The plugin does not build (${ended ?? 'nothing after a minute'}): run npm run build to see why.`);
    }
    await sleep(100);
  }
  return watcher;
}
