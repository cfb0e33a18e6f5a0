// Not a .ts file: Jest reads one only with ts-node, which nothing else here needs.

// Published as ES modules, which Jest does not load by itself.
const ES_MODULES = [
  ...['@openshift-console/', '@openshift/', '@patternfly/', '@prometheus-io/', '@lezer/', 'uuid/', 'idb/'],
  // The kubeconfig and what reads it.
  ...['@kubernetes/', 'jsonpath-plus/', '@jsep-plugin/', 'jsep/', 'openid-client/', 'jose/', 'oauth4webapi/', 'rfc4648/', 'proxy-from-env/'],
  // The requests of the Node door, and how its text is set.
  ...['got/', '@sindresorhus/', 'byte-counter/', 'cacheable-lookup/', 'cacheable-request/', 'mimic-response/', 'normalize-url/', 'responselike/'],
  ...['lowercase-keys/', 'decompress-response/', 'get-stream/', 'is-stream/', '@sec-ant/', 'form-data-encoder/', 'p-cancelable/', 'string-width/', 'get-east-asian-width/', 'wrap-ansi/', 'strip-ansi/', 'ansi-regex/', 'ansi-styles/', 'emoji-regex/', '@peculiar/utils/'],
];

const transform = (jsx) => ({
  '^.+\\.(ts|tsx|js|mjs)$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: jsx },
        target: 'es2022',
        transform: { react: { runtime: 'automatic' } },
      },
      module: { type: 'commonjs' },
    },
  ],
});

/** @type {import('jest').Config} */
const shared = {
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/integration-tests/(?!bench/)', '/.cache/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')}))`],
  moduleNameMapper: { '\\.s?css$': '<rootDir>/sandbox/host/testing-style.ts' },
};

/** @type {import('jest').Config} */
export default {
  coverageDirectory: 'coverage',
  // A scenario of the causes waits more than it works: for Prometheus to start, and for an alert to fire.
  maxConcurrency: 3,
  projects: [
    {
      ...shared,
      displayName: 'node',
      testEnvironment: 'node',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '/sandbox/causes/'],
      transform: transform(false),
    },
    {
      ...shared,
      displayName: 'causes',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/sandbox/causes/*.spec.ts'],
      transform: transform(false),
    },
    {
      // A real control plane; what it needs and how long it takes stands in integration-tests/control-plane.
      ...shared,
      displayName: 'control-plane',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/integration-tests/control-plane/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.cache/'],
      transform: transform(false),
    },
    {
      ...shared,
      // The build, served by a real nginx as the chart has it served.
      displayName: 'server',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/integration-tests/server/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.cache/'],
      transform: transform(false),
    },
    {
      ...shared,
      displayName: 'page',
      testEnvironment: '<rootDir>/sandbox/host/testing-environment.ts',
      testMatch: ['**/*.spec.tsx'],
      transform: transform(true),
      // What the SDK requires of the console: the host's stand-ins, found by the last part of the path.
      moduleNameMapper: {
        ...shared.moduleNameMapper,
        '^@console/(?:.*/)?([^/]+)$': ['<rootDir>/sandbox/host/shims/$1', '<rootDir>/sandbox/host/shims/placeholder'],
      },
      setupFiles: ['<rootDir>/sandbox/host/testing-setup.ts'],
      setupFilesAfterEnv: ['@testing-library/jest-dom'],
    },
  ],
};
