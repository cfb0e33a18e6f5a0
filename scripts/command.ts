/**
 * Bundles the command `virt-runbooks` into one file that runs wherever Node does. Fails if anything of a page gets into it:
 * the command must start where there is no browser, and must not be able to write.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Where the command lies once it is built; `bin` of package.json points here. */
const COMMAND = path.resolve('command', 'virt-runbooks.mjs');

/** What draws pages, and the parts of ours that do or that write. */
const FORBIDDEN = [/^node_modules\/(react|react-dom|react-router|react-i18next|@patternfly|@openshift-console|@openshift)\//, /^src\/(console|components|pages|testing)\//, /^sandbox\//, /\/testing-[^/]*$/];

/** Builds the command into a file, from its entry point. Throws with the names of what does not belong into it. */
async function buildCommand(outfile: string, entry: string): Promise<{ bytes: number }> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const { metafile, outputFiles } = await build({
    // Only once it is known that everything in it belongs there.
    write: false,
    entryPoints: [entry],
    outfile,
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
  // Ours first: they are the way by which the others came in.
  const strangers = Object.keys(metafile.inputs).filter((input) => FORBIDDEN.some((pattern) => pattern.test(input))).sort().reverse();
  if (strangers.length > 0) throw new Error(`The command must not hold ${strangers.slice(0, 5).join(', ')}${strangers.length > 5 ? ` and ${strangers.length - 5} more` : ''}.`);
  mkdirSync(path.dirname(outfile), { recursive: true });
  for (const { path: file, contents } of outputFiles) writeFileSync(file, contents, { mode: 0o755 });
  return { bytes: Math.max(...outputFiles.map(({ contents }) => contents.length)) };
}

// `command.ts [FILE [ENTRY]]`: specs build into folders of their own, and prove with an entry of theirs that strangers are refused.
const [outfile = COMMAND, entry = 'src/headless/main.ts'] = process.argv.slice(2);
const { bytes } = await buildCommand(path.resolve(outfile), entry);
console.log(`${path.relative('.', outfile)}: ${Math.round(bytes / 1024)} KiB`);
