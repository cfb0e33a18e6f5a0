/**
 * Collects marked text into locales/en: the words of the pages in one file, which the console serves, and the texts of
 * the runbooks in one file per group, which come in the bundle. `--check` compares instead and fails where something would change.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GROUPS } from '../src/engine';

interface Part {
  readonly file: string;
  readonly from: readonly string[];
  readonly marker: 't' | 'msg';
}

const PARTS: readonly Part[] = [
  { file: 'plugin__virt-runbooks-plugin', from: ['src/pages/**/*.{ts,tsx}', 'src/components/**/*.{ts,tsx}', 'src/console/**/*.{ts,tsx}'], marker: 't' },
  { file: 'runbooks/diagnosis', from: ['src/engine/*.ts', 'src/sources/*.ts', 'src/steps/*.ts', 'src/causes/*.ts', 'src/mitigations/*.ts'], marker: 'msg' },
  // What a page needs that has not loaded a runbook.
  { file: 'runbooks/shelf', from: ['src/runbooks/shelf.ts', 'src/engine/failures.ts'], marker: 'msg' },
  ...GROUPS.filter((group) => existsSync(join('src/runbooks', group)))
    .map((group): Part => ({ file: `runbooks/${group}`, from: [`src/runbooks/${group}/*.ts`], marker: 'msg' })),
];

/** Words in extensions are keys too; the parser reads code alone. */
const inExtensions = (): readonly string[] =>
  [...readFileSync('console-extensions.json', 'utf8').matchAll(/%plugin__virt-runbooks-plugin~([^%]+)%/g)].map(([, text = '']) => text);

const parser = (file: string): string => JSON.stringify(pathToFileURL(resolve('node_modules/i18next-parser/dist/lexers', file)));

/** The parser takes holes for its own options: one called `namespace` sends the text to another file, and `context` makes another key. */
const LEXERS = `import JavascriptLexer from ${parser('javascript-lexer.js')};
import JsxLexer from ${parser('jsx-lexer.js')};
const keysOf = (Lexer) => class extends Lexer {
  extract(...file) { return super.extract(...file).map(({ key, count, functionName }) => ({ key, functionName, ...(count === undefined ? {} : { count }) })); }
};`;

const collect = (part: Part, into: string): void => {
  const target = join(into, 'en', `${part.file}.json`);
  const present = join('locales', 'en', `${part.file}.json`);
  mkdirSync(dirname(target), { recursive: true });
  if (existsSync(present)) copyFileSync(present, target);
  const functions = JSON.stringify([part.marker]);
  const config = join(into, `config-${part.file.replaceAll('/', '-')}.mjs`);
  const options = JSON.stringify({
    locales: ['en'], defaultNamespace: 'texts', namespaceSeparator: '~', keySeparator: false, pluralSeparator: '_', contextSeparator: '~',
    createOldCatalogs: false, keepRemoved: false, sort: true, lineEnding: 'lf',
    output: join(into, '$LOCALE', `${part.file}.json`),
    input: [...part.from, '!**/*.spec.ts', '!**/*.spec.tsx'].map((glob) => (glob.startsWith('!') ? glob : join(process.cwd(), glob))),
  });
  // English is its own translation; a file with two plural forms is corrected by hand, and keeps what was corrected.
  writeFileSync(config, `${LEXERS}
const [ts, tsx] = [JavascriptLexer, JsxLexer].map((lexer) => [{ lexer: keysOf(lexer), functions: ${functions} }]);
export default { ...${options}, lexers: { ts, tsx, default: ts }, defaultValue: (locale, namespace, key) => key };
`);
  execFileSync(process.execPath, ['node_modules/i18next-parser/bin/cli.js', '--config', config, '--silent'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (part.marker !== 't') return;
  const words = JSON.parse(readFileSync(target, 'utf8')) as Record<string, string>;
  for (const word of inExtensions()) words[word] ??= word;
  writeFileSync(target, `${JSON.stringify(Object.fromEntries(Object.entries(words).sort(([a], [b]) => a.localeCompare(b, 'en'))), null, 2)}\n`);
};

const check = process.argv.includes('--check');
const folder = mkdtempSync(join(tmpdir(), 'texts-'));
const stale: string[] = [];
for (const part of PARTS) {
  collect(part, folder);
  const [made, present] = [join(folder, 'en', `${part.file}.json`), join('locales', 'en', `${part.file}.json`)];
  const text = existsSync(made) ? readFileSync(made, 'utf8') : '{}\n';
  if (existsSync(present) && readFileSync(present, 'utf8') === text) continue;
  stale.push(present);
  if (check) continue;
  mkdirSync(dirname(present), { recursive: true });
  writeFileSync(present, text);
}
rmSync(folder, { recursive: true });
if (stale.length > 0) console.log(`${check ? 'Not up to date, run `npm run texts`' : 'Written'}: ${stale.join(', ')}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
