import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, constants, createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'] as const;

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The browser of this machine: what the variable CHROMIUM names, else the first of the usual names on PATH. */
export function findChromium(): string | undefined {
  const { CHROMIUM: named, PATH = '' } = process.env;
  if (named !== undefined && named !== '') return named;
  const folders = PATH.split(path.delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable);
}

// A package that carries a browser, and the newest version of it whose libraries are those of Debian 12 and Ubuntu 22.04.
const PACKAGE = '@sparticuz/chromium';
const VERSION = '147';
const CACHE = path.resolve('.cache', 'chromium');

/** Without any font the browser ends as soon as it writes a word. A machine's own fonts come first. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir prefix="relative">fonts</dir></fontconfig>
`;

const START = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="$here/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
`;

const unpack = (from: string, to: string): Promise<void> => pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));

/**
 * Fetches a Chromium that needs neither root nor installing, about 65 MB, into .cache; once. Resolves with a program that
 * starts it, or with undefined if the package cannot be had.
 */
export async function fetchChromium(): Promise<string | undefined> {
  const start = path.join(CACHE, 'chromium.sh');
  if (existsSync(start)) return start;
  const folder = `${CACHE}.new`;
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    console.log('Fetching a Chromium into .cache …');
    execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--silent', `${PACKAGE}@${VERSION}`], { stdio: 'ignore' });
    const bin = path.join(folder, 'node_modules', PACKAGE, 'bin');
    await unpack(path.join(bin, 'chromium.br'), path.join(folder, 'chromium'));
    for (const archive of ['al2023.tar', 'swiftshader.tar', 'fonts.tar']) {
      await unpack(path.join(bin, `${archive}.br`), path.join(folder, archive));
      execFileSync('tar', ['-xf', path.join(folder, archive), '-C', folder]);
      rmSync(path.join(folder, archive));
    }
    rmSync(path.join(folder, 'node_modules'), { recursive: true });
    chmodSync(path.join(folder, 'chromium'), 0o755);
    // The libraries that a bare machine lacks come along; where the machine has its own, these are the ones that fit.
    writeFileSync(path.join(folder, 'fonts.conf'), FONTS);
    writeFileSync(path.join(folder, 'chromium.sh'), START, { mode: 0o755 });
    rmSync(CACHE, { recursive: true, force: true });
    renameSync(folder, CACHE);
    return start;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}

/** What to do when there is none. */
export const NO_CHROMIUM = 'there is no Chromium on PATH, and none could be fetched: install it (Debian and Ubuntu: apt-get install chromium), or name one in the variable CHROMIUM';
