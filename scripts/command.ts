/**
 * Bundles the command `virt-runbooks` into one file that runs wherever Node does. Fails if anything of a page gets into it:
 * the command must start where there is no browser, and must not be able to write.
 */
import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Where the command lies once it is built; `bin` of package.json points here. */
export const COMMAND = path.resolve('command', 'virt-runbooks.mjs');

/** What draws pages, and the parts of ours that do or that write. */
const FORBIDDEN = [/^node_modules\/(react|react-dom|react-router|react-i18next|@patternfly|@openshift-console|@openshift)\//, /^src\/(console|components|pages|testing)\//, /^sandbox\//];

/** Builds the command. Throws with the names of what does not belong into it. */
export async function buildCommand(): Promise<{ bytes: number }> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const { metafile } = await build({
    entryPoints: ['src/headless/main.ts'],
    outfile: COMMAND,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minify: true,
    // Names in a stack trace are worth more than the bytes.
    keepNames: true,
    legalComments: 'eof',
    metafile: true,
    logLevel: 'warning',
    define: { VIRT_RUNBOOKS_VERSION: JSON.stringify(version) },
    // Packages of the old kind ask for `require` at run time.
    banner: { js: "import { createRequire as virtRunbooksRequire } from 'node:module'; const require = virtRunbooksRequire(import.meta.url);" },
  });
  const strangers = Object.keys(metafile.inputs).filter((input) => FORBIDDEN.some((pattern) => pattern.test(input)));
  if (strangers.length > 0) throw new Error(`The command must not hold ${strangers.slice(0, 5).join(', ')}${strangers.length > 5 ? ` and ${strangers.length - 5} more` : ''}.`);
  chmodSync(COMMAND, 0o755);
  return { bytes: Object.values(metafile.outputs).reduce((sum, { bytes }) => Math.max(sum, bytes), 0) };
}

if (process.argv[1] === path.resolve('scripts/command.ts')) {
  const { bytes } = await buildCommand();
  console.log(`${path.relative('.', COMMAND)}: ${Math.round(bytes / 1024)} KiB`);
}
