import path from 'node:path';
import { ConsoleRemotePlugin } from '@openshift-console/dynamic-plugin-sdk-webpack';
import CompressionPlugin from 'compression-webpack-plugin';
import CopyWebpackPlugin from 'copy-webpack-plugin';
import type { Configuration } from 'webpack';

// ConsoleRemotePlugin names the entry with a hash only when NODE_ENV says production; `npm run build` sets it.
const isProduction = process.env['NODE_ENV'] === 'production';
const chunkName = isProduction ? '[name]-chunk-[chunkhash:8].min.js' : '[name]-chunk.js';

/** What runbooks are made of. */
const SHARED = /[\\/]src[\\/](causes|mitigations|runbooks|sources|steps)[\\/]/;
/** `runbooks-of-virt-api-virt-operator`: what these groups share. */
const nameOf = (chunks: readonly { readonly name?: string | null | undefined }[]): string => `runbooks-of-${chunks.map(({ name }) => (name ?? '').replace(/^runbooks-/, '')).sort().join('-')}`;

/** The plugin as the console loads it: console-extensions.json and `consolePlugin` of package.json say what is in it. */
const config: Configuration = {
  mode: isProduction ? 'production' : 'development',
  // The console's plugin entry is made by ConsoleRemotePlugin from `exposedModules`; there is no other.
  entry: {},
  context: path.resolve('src'),
  output: {
    path: path.resolve('dist'),
    filename: isProduction ? '[name]-bundle-[hash].min.js' : '[name]-bundle.js',
    chunkFilename: chunkName,
    clean: true,
  },
  resolve: { extensions: ['.ts', '.tsx', '.js', '.jsx'] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        exclude: /node_modules/,
        // Types are checked by `tsc --noEmit` beside the build: checking them here takes longer than all else together.
        use: { loader: 'esbuild-loader', options: { target: 'es2022', jsx: 'automatic' } },
      },
      // English stands in the code: of its texts, only plurals and what was worded anew is carried along.
      { test: /locales[\\/]en[\\/]runbooks[\\/].*\.json$/, use: path.resolve('scripts/differingTexts.mjs') },
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
      // Some of PatternFly's ES modules import without the file's extension.
      { test: /\.m?js$/, resolve: { fullySpecified: false } },
    ],
  },
  plugins: [
    new ConsoleRemotePlugin(),
    new CopyWebpackPlugin({
      // The page words only: the console serves this one file per language. Texts of runbooks are bundled.
      patterns: [
        { from: path.resolve('locales/*/plugin__*.json').replaceAll('\\', '/'), context: path.resolve('.'), noErrorOnMissing: true },
      ],
    }),
    // The server sends what was compressed here: once, and as small as it gets.
    ...(isProduction ? [new CompressionPlugin({ test: /\.(js|json|css|svg)$/, algorithm: 'gzip', compressionOptions: { level: 9 }, threshold: 1_024 })] : []),
  ],
  // No `eval` source maps: the sandbox enforces a policy without unsafe-eval.
  devtool: isProduction ? false : 'source-map',
  optimization: {
    chunkIds: isProduction ? 'deterministic' : 'named',
    minimize: isProduction,
    // What the runbooks of several groups ask and do is loaded once, with the first of them; its name says for which groups.
    splitChunks: { cacheGroups: { runbooks: { test: SHARED, chunks: ({ name }) => name?.startsWith('runbooks-') ?? false, minChunks: 2, name: (_, chunks) => nameOf(chunks) } } },
  },
  performance: false,
  stats: 'errors-warnings',
};

export default config;
