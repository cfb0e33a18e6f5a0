import { scenarios } from '../../../src/testing/scenarios';
import { type Table } from '../table';

/** How the scenarios come into a real API server. */
export const TRUTH_TABLE: Table = {
  title: 'Same truth: the scenarios in a real API server',
  intro: `The objects of all ${scenarios.length} scenarios are loaded into etcd and kube-apiserver 1.35.4. Runbooks report there what they report on the simulator: outcomes, reasons, sentences, what is missing, verdicts on causes, mitigations. Seconds in sentences aside, because the two are asked one after the other.`,
  columns: ['', 'What', 'How'],
  rows: [
    ['real', 'Objects: lists, selectors, pages, metadata, absent kinds, refusals', 'kube-apiserver, each user with roles made of their rights'],
    ['real', 'KubeVirt’s kinds', 'the definitions that KubeVirt 1.8.4 generates, schemas and pruning included'],
    ['real', 'That the server would take these objects', 'each is sent as a dry run with strict validation, and its status as an update'],
    ['simulated', 'Uids, times of creation, managed fields', 'written into etcd as the world has them: the API would set its own'],
    ['simulated', 'Kinds of OpenShift, OLM and HCO', 'definitions that take any field'],
    ['simulated', 'Logs', 'a TLS server in place of the kubelets answers the API server with the lines of the scenario'],
    ['simulated', 'Prometheus', 'fixed answers, the same for both; a real Prometheus gives them in the part `causes`'],
    ['left out', 'Projects and aggregated APIs', 'another server would have to answer'],
  ],
};
