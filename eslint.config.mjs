import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';
import { LAYERS } from './layers.mjs';

const SPECS = ['**/*.spec.ts', '**/*.spec.tsx'];
/** What specs of several files have in common. That none of it ships is seen to where the bundle is made. */
const FOR_SPECS = ['**/testing-*.ts'];

/** What a folder of src may not import of the others. */
const zones = Object.entries(LAYERS).flatMap(([layer, { uses }]) =>
  Object.keys(LAYERS).filter((other) => other !== layer && !uses.includes(other))
    .map((other) => ({ target: `./src/${layer}`, from: `./src/${other}`, message: `src/${layer} may not use src/${other}: see layers.mjs` })));

/** One block per folder: in flat config a later block replaces an earlier one for the same rule, so each is whole. */
const walls = Object.entries(LAYERS).map(([layer, { packages }]) => ({
  files: [`src/${layer}/**/*.{ts,tsx}`],
  ignores: [...SPECS, ...FOR_SPECS],
  rules: {
    'import-x/no-restricted-paths': ['error', { zones: [...zones, { target: './src', from: './sandbox', message: 'The product does not know the sandbox.' }] }],
    ...(packages && {
      'no-restricted-imports': ['error', {
        patterns: [{
          // Anything but a relative path, a style of our own, or one of the packages of the row.
          regex: `^(?!\\.)(?!(?:${packages.map((name) => name.replace(/[/.]/g, '\\$&')).join('|') || '$.'})$).*`,
          message: `src/${layer} may not use this package: see layers.mjs`,
        }],
      }],
    }),
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'command/', 'node_modules/', '.cache/', 'coverage/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-eval': 'error',
      // Node 20 does not have them, though the type checker accepts them.
      'no-restricted-properties': ['error', { object: 'Map', property: 'groupBy' }, { object: 'Object', property: 'groupBy' }],
      'no-restricted-syntax': ['error',
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text from a server is rendered as text.' },
        { selector: 'JSXAttribute[name.name="style"]', message: 'No inline styles: a token in a css file, or better a PatternFly prop.' },
      ],
    },
  },
  // The only try in what we know and in how it is run stands in the engine; doors have theirs in src/console.
  {
    files: ['src/{sources,steps,causes,mitigations,runbooks,components,pages}/**/*.{ts,tsx}'],
    ignores: SPECS,
    rules: {
      'no-restricted-syntax': ['error',
        { selector: 'TryStatement', message: 'The engine catches what checks throw; doors turn errors into observations.' },
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text from a server is rendered as text.' },
        { selector: 'JSXAttribute[name.name="style"]', message: 'No inline styles: a token in a css file, or better a PatternFly prop.' },
      ],
    },
  },
  ...walls,
  { files: SPECS, rules: { 'max-lines': 'off' } },
  { files: ['sandbox/host/**'], rules: { 'no-restricted-syntax': 'off' } },
);
