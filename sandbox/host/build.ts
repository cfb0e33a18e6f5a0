import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { sharedModulesSource } from './buildSharedModules';

// Not import.meta.dirname, which Node has from 20.11 on.
const HOST = path.dirname(fileURLToPath(import.meta.url));

/**
 * What the SDK requires of the console is found in `shims/` under the last part of its path; the SDK's last parts are
 * all different, a spec sees to it. What is not there becomes a module of placeholders.
 */
const consoleModules: Plugin = {
  name: 'console-modules',
  setup(bundler) {
    bundler.onResolve({ filter: /^@console\// }, ({ path: request }) => {
      const name = request.split('/').at(-1) ?? request;
      const file = ['.ts', '.tsx']
        .map((extension) => path.join(HOST, 'shims', name + extension))
        .find((candidate) => existsSync(candidate));
      return file === undefined ? { path: name, namespace: 'placeholder' } : { path: file };
    });
    bundler.onLoad({ filter: /.*/, namespace: 'placeholder' }, ({ path: name }) => ({
      contents: `module.exports = require('./placeholder').placeholderModule(${JSON.stringify(name)});`,
      resolveDir: HOST,
    }));
  },
};

const sharedModules: Plugin = {
  name: 'shared-modules',
  setup(bundler) {
    bundler.onResolve({ filter: /^host:shared-modules$/ }, () => ({ path: 'shared-modules', namespace: 'generated' }));
    bundler.onLoad({ filter: /.*/, namespace: 'generated' }, () => ({ contents: sharedModulesSource(), loader: 'js', resolveDir: HOST }));
  },
};

/**
 * Bundles the host page into `outDir`: entry.js, entry.css and the fonts. Takes about a second. The console runs its libraries in
 * production mode, and so does this one; in development mode React and the SDK's selectors say more in the browser's console.
 * @throws esbuild's error, with the place, if something does not build
 */
export async function buildHost(outDir: string, mode: 'production' | 'development' = 'production'): Promise<void> {
  await build({
    entryPoints: [path.join(HOST, 'entry.tsx')],
    outdir: outDir,
    bundle: true,
    // One file: split along its dynamic imports it would be 160 requests.
    splitting: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    mainFields: ['module', 'browser', 'main'],
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    // The SDK's own few styles need a compiler that nothing else here does.
    loader: { '.scss': 'empty', '.woff2': 'file', '.woff': 'file', '.ttf': 'file', '.svg': 'file', '.png': 'file', '.jpg': 'file' },
    plugins: [consoleModules, sharedModules],
    logLevel: 'warning',
    logOverride: { 'css-syntax-error': 'silent' },
  });
}
