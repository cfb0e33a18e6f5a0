/**
 * Writes docs/report.schema.json from the types of what `virt-runbooks diagnose -o json` prints. `--check` compares
 * instead and fails where something would change.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';

const FILE = 'docs/report.schema.json';

const schema = createGenerator({
  path: 'src/headless/findings.ts', tsconfig: 'tsconfig.json', type: 'Findings',
  // What a later release adds must not make a reader of today refuse it.
  additionalProperties: true, skipTypeCheck: true, sortProps: true, topRef: true,
}).createSchema('Findings');

// Keys that are symbols exist for the type checker alone; it numbers them as it comes upon them.
const isSymbol = (key: unknown): boolean => typeof key === 'string' && key.startsWith('__@');

const withoutSymbols = (_: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter((one) => !isSymbol(one));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).filter(([key]) => !isSymbol(key))) : value;
};

const text = `${JSON.stringify({ $id: 'urn:virt-runbooks:report:1', title: 'What virt-runbooks diagnose -o json prints, version 1', ...schema }, withoutSymbols, 2)}\n`;
const isCurrent = existsSync(FILE) && readFileSync(FILE, 'utf8') === text;
if (process.argv.includes('--check')) {
  if (!isCurrent) console.log(`Not up to date, run \`npm run schema\`: ${FILE}`);
  process.exitCode = isCurrent ? 0 : 1;
} else if (!isCurrent) {
  writeFileSync(FILE, text);
  console.log(`Written: ${FILE}`);
}
