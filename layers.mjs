/** One row per folder of src: what it may import of the others, and which packages. The lint rules are made of these rows. */
const REACT = ['react', 'react/jsx-runtime'];
const PATTERNFLY = ['@patternfly/react-core', '@patternfly/react-table', '@patternfly/react-icons'];
const SDK = ['@openshift-console/dynamic-plugin-sdk'];
const ROUTER = ['react-router'];
const I18N = ['react-i18next'];

export const LAYERS = {
  engine: { uses: [], packages: [] },
  sources: { uses: ['engine'], packages: [] },
  steps: { uses: ['engine', 'sources'], packages: [] },
  mitigations: { uses: ['engine', 'sources', 'steps'], packages: [] },
  causes: { uses: ['engine', 'sources', 'steps', 'mitigations'], packages: [] },
  runbooks: { uses: ['engine', 'sources', 'steps', 'causes', 'mitigations'], packages: [] },
  console: { uses: ['engine'], packages: [...REACT, ...SDK, ...ROUTER, ...I18N, 'idb', 'murmurhash-js', 'react-redux'] },
  // The other door. It reads only: nothing that writes stands in src/console alone, which it may not use.
  headless: { uses: ['engine', 'runbooks'], packages: ['got', 'commander', '@bomb.sh/tab/commander', '@kubernetes/client-node', 'proxy-from-env', 'picocolors', 'string-width', 'wrap-ansi', 'yaml', 'fastest-levenshtein', 'node:events', 'node:fs', 'node:http', 'node:https'] },
  components: { uses: ['engine', 'console'], packages: [...REACT, ...PATTERNFLY] },
  pages: { uses: ['engine', 'runbooks', 'console', 'components'], packages: [...REACT, ...PATTERNFLY] },
  // The world is for specs and the sandbox; nothing that ships may import it.
  testing: { uses: ['engine', 'sources', 'steps', 'runbooks'], packages: undefined },
};
