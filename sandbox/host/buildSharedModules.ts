import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const PATTERNFLY = ['@patternfly/react-core', '@patternfly/react-icons', '@patternfly/react-table'];
const SHARED_WHOLE = [
  '@openshift/dynamic-plugin-sdk',
  '@openshift-console/dynamic-plugin-sdk',
  'react',
  'react-i18next',
  'react-redux',
  'react-router',
  'redux',
  'redux-thunk',
];

const require = createRequire(import.meta.url);

/** A package's folder: not all of them let their package.json be required. */
function folderOf(name: string): string {
  const paths = require.resolve.paths(name) ?? [];
  for (const folder of paths.map((base) => path.join(base, name))) {
    try {
      readFileSync(path.join(folder, 'package.json'));
      return folder;
    } catch {
      // Not in this node_modules; the next one up may have it.
    }
  }
  throw new Error(`The package ${name} is not installed. Install the packages: npm ci.`);
}

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(path.join(folderOf(name), 'package.json'), 'utf8')) as { version: string }).version;

/** PatternFly lists which of its small modules has which export; the plugin's build imports by the same list. */
const dynamicModules = (name: string): string[] =>
  [
    ...new Set(
      Object.values(JSON.parse(readFileSync(path.join(folderOf(name), 'dist', 'dynamic-modules.json'), 'utf8')) as Record<string, string>),
    ),
  ].map((module) => `${name}/${module}`);

/** The source of `host:shared-modules`: see `plugins/shared-modules.d.ts`. */
export function sharedModulesSource(): string {
  const versions = Object.fromEntries([...SHARED_WHOLE, ...PATTERNFLY].map((name) => [name, versionOf(name)]));
  const requests = Object.fromEntries(PATTERNFLY.map((name) => [name, dynamicModules(name)]));
  return `export const versions = ${JSON.stringify(versions)};\nexport const patternFlyRequests = ${JSON.stringify(requests)};\n`;
}
