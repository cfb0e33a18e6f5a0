import { type Firing, doorTo } from '../testing/door';
import { type Cluster } from '../testing/cluster';
import { launcherMetrics } from '../testing/launcherMetrics';
import { leaderMetrics } from '../testing/leaderMetrics';
import { restMetrics } from '../testing/restMetrics';
import { controlPlaneMetrics } from '../testing/workloadMetrics';
import { type Scenario, scenarios } from '../testing/scenarios';
import { type User } from '../testing/types';
import { clusterOf } from '../testing/world';
import { type Runbook } from '../engine';
import { loadRunbook } from '../runbooks/library';
import { SHELF } from '../runbooks/shelf';
import { startApiServer } from '../../sandbox/apiserver/server';
import { type Pair, newFolder } from '../../sandbox/launch/testing-realServer';
import { type Counted, type Fault, type Tally, prometheusOf, startCounted, through } from './testing-servers';
import { stringify } from 'yaml';

/** What stands behind the addresses of a spec. */
export interface StageProps {
  /** Id of a scenario. */
  readonly scenario: string;
  /** Who asks; absent: who looks in the scenario. */
  readonly user?: User;
  /** Alerts that fire besides that of the scenario. */
  readonly firing?: readonly Firing[];
  /** What goes wrong at the API server, and at Prometheus. */
  readonly fault?: Fault;
  readonly prometheusFault?: Fault;
  /** The API server speaks TLS with this certificate. */
  readonly pair?: Pair;
  readonly clients?: string;
  readonly token?: string;
  /** Milliseconds that each answer of either server takes longer. */
  readonly delay?: number;
}

/** A simulated cluster with a stand-in for its Prometheus, and a folder for files. */
export interface CommandStage {
  readonly kubernetes: Counted;
  readonly prometheus: Counted;
  /** Requests under way at both. */
  readonly tally: Tally;
  /** A kubeconfig without credentials, with the contexts `lab` and `other`. */
  readonly kubeconfig: string;
  /** `--kubeconfig … --prometheus …` */
  readonly there: readonly string[];
  readonly write: (name: string, text: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** The user of a kubeconfig, as it stands there. */
type KubeUser = Readonly<Record<string, unknown>>;

/** A kubeconfig as YAML. `cluster` is what its cluster entry holds. */
export const kubeconfigOf = (cluster: Readonly<Record<string, unknown>>, user: KubeUser = {}): string => stringify({
  apiVersion: 'v1', kind: 'Config', 'current-context': 'lab',
  clusters: [{ name: 'c', cluster }], users: [{ name: 'jane', user }],
  contexts: ['lab', 'other'].map((name) => ({ name, context: { cluster: 'c', user: 'jane' } })),
});

const ruleOf = ({ alert, forms, severities }: Runbook): Firing => ({
  alert, for: forms[0]?.for ?? 0, expr: (forms[0]?.expr ?? '').replaceAll('$NAMESPACE', 'openshift-cnv'),
  ...(forms[0]?.records ? { record: forms[0].records } : {}), labels: { severity: severities[0] ?? 'warning', kubernetes_operator_part_of: 'kubevirt' },
});

const made = new Map<string, Cluster>();

/** The world of a scenario; the command only reads, so it is made once. */
const worldOf = (id: string): { readonly scenario: Scenario; readonly cluster: Cluster } => {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) throw new Error(`There is no scenario ${id}`);
  const cluster = made.get(id) ?? clusterOf(scenario);
  made.set(id, cluster);
  return { scenario, cluster };
};

/**
 * A scenario behind HTTP, at a time that stands still. The API server is the simulator of the sandbox; Prometheus is not a
 * real one: it says that the alert of the scenario fires, and the counts that follow from the cluster's objects.
 */
export const setCommandStage = async ({ scenario: id, user, firing = [], fault, prometheusFault, pair, clients, token, delay }: StageProps): Promise<CommandStage> => {
  const { scenario, cluster } = worldOf(id);
  const who = user ?? scenario.user;
  const api = await startApiServer({ cluster, port: 0, user: () => who });
  const loaded = await Promise.all(SHELF.map(async ({ alert }) => (await loadRunbook(alert)) as Runbook));
  const rules = [...loaded.map(ruleOf).map((rule) => (rule.alert === scenario.alert ? { ...rule, since: scenario.sinceMinutes } : rule)), ...firing];
  const metrics = [...leaderMetrics(cluster), ...leaderMetrics(cluster, 'virt-controller'), ...controlPlaneMetrics(cluster), ...launcherMetrics(cluster, scenario.sinceMinutes), ...restMetrics(cluster)];
  const tally: Tally = { now: 0, most: 0 };
  const both = { tally, ...(delay === undefined ? {} : { delay }) };
  const kubernetes = await startCounted({
    ...both, serve: through(api.url), ...(fault ? { fault } : {}), ...(pair ? { pair } : {}), ...(clients === undefined ? {} : { clients }), ...(token === undefined ? {} : { token }),
  });
  const prometheus = await startCounted({ ...both, serve: prometheusOf(doorTo({ cluster, user: who, rules, metrics })), ...(prometheusFault ? { fault: prometheusFault } : {}) });
  const folder = await newFolder();
  const kubeconfig = await folder.write('kubeconfig', kubeconfigOf({ server: kubernetes.url }));
  return {
    kubernetes, prometheus, tally, kubeconfig, there: ['--kubeconfig', kubeconfig, '--prometheus', prometheus.url], write: folder.write,
    close: async () => void (await Promise.all([kubernetes.close(), prometheus.close(), api.close(), folder.remove()])),
  };
};
