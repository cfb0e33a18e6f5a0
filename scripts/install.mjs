// Installs the npm packages unless node_modules already holds what the lockfile says. Plain JavaScript: without the
// packages there is nothing to run TypeScript with.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/** @param {string} file */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
}

/** Compared by content: the time of a file says nothing after a checkout or a copy. */
function isInstalled() {
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn('node_modules/.package-lock.json');
  if (wanted === undefined || present === undefined) return false;
  const { '': _root, ...packages } = wanted;
  const same = Object.entries(packages).every(([path, { version, integrity, optional }]) =>
    // Builds for other platforms are in the lockfile, but not on disk.
    present[path] === undefined ? optional === true : present[path].version === version && present[path].integrity === integrity,
  );
  return same && Object.keys(present).every((path) => path in packages);
}

if (!isInstalled()) {
  process.stderr.write('Installing the npm packages …\n');
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) {
    const isNetwork = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network/.test(stderr);
    const why = /npm (?:ERR!|error) code (\S+)/.exec(stderr)?.[1] ?? stderr.trim().split('\n').at(-1) ?? '';
    process.stderr.write(`The npm packages could not be installed (${why}): ${isNetwork ? 'connect to the network' : 'see what npm ci says'} and run make again.\n`);
    process.exit(1);
  }
}
