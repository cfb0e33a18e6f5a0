import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where Debian's Alertmanager looks for its default templates: compiled in, by a patch of the distribution. */
const INSTALLED = '/usr/share/prometheus/alertmanager';
/** The current folder of the process, as a path of the same length: a string inside a program cannot grow. */
const CURRENT = '/proc/self/cwd'.padEnd(INSTALLED.length, '/.');

/** The folder with the templates in an unpacked package: the one a relocated Alertmanager must be started in. */
export const templatesFolder = (unpacked: string): string => path.join(unpacked, INSTALLED);

/**
 * Makes an unpacked Alertmanager of Debian or Ubuntu work without being installed: it does not start where its
 * templates are not below /usr/share, and has no option to name another place. A program without that path (one that
 * embeds its templates, as upstream's does) is left as it is.
 */
export async function relocateAlertmanager(unpacked: string): Promise<void> {
  const file = path.join(unpacked, 'usr', 'bin', 'prometheus-alertmanager');
  const program = await readFile(file);
  let changed = false;
  for (let at = program.indexOf(INSTALLED); at !== -1; at = program.indexOf(INSTALLED, at + 1)) {
    // Longer paths of the same beginning belong to the web pages, which nobody opens here.
    if (program.subarray(at + INSTALLED.length).at(0) === 0x2f) continue;
    program.write(CURRENT, at, 'latin1');
    changed = true;
  }
  if (!changed) return;
  await writeFile(`${file}.new`, program, { mode: 0o755 });
  await rename(`${file}.new`, file);
}
