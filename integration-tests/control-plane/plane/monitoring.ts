import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../../sandbox/launch/port';
import { type Binaries, findBinaries } from '../../../sandbox/monitoring/binaries';
import { untilReady } from '../launch/program';
import { ADMIN } from '../launch/users';
import { type ControlPlane } from './controlPlane';
import { NAMESPACE } from './kubevirt';
import { type ApiObject, read } from './objects';
import { keepTargets } from './targets';
import { until } from './wait';

/** How long a condition holds before its alert fires here: in no other place is a `for` shortened. */
const FOR = '10s';
const EVERY = '3s';

const RULE = `/apis/monitoring.coreos.com/v1/namespaces/${NAMESPACE}/prometheusrules/prometheus-kubevirt-rules`;

/** A Prometheus that scrapes the real processes and kube-state-metrics, with the rules that virt-operator wrote. */
export interface RealMonitoring {
  prometheusUrl: string;
  alertmanagerUrl: string;
  /** Names of the alerts that fire. */
  firing(): Promise<readonly string[]>;
  /** The value of a query that has one series; undefined if it has none. */
  value(query: string): Promise<number | undefined>;
  /** Waits until the alert fires, or no longer does. Throws if it does not come to that in three minutes. */
  untilFires(alert: string): Promise<void>;
  untilQuiet(alert: string): Promise<void>;
  stop(): void;
}

interface Rule {
  alert?: string;
  for?: string;
  [field: string]: unknown;
}

interface RuleObject extends ApiObject {
  spec: { groups: readonly { name: string; rules: readonly Rule[]; [field: string]: unknown }[] };
}

const shortened = (rule: Rule): Rule => (rule.alert === undefined || rule.for === undefined ? rule : { ...rule, for: FOR });

/** Everything is loopback or in the namespace of the control plane: plain HTTP. */
const at = (port: number): string => `127.0.0.1:${port}`;

const configOf = (dir: string, ports: { state: number; alertmanager: number }): object => ({
  global: { scrape_interval: EVERY, evaluation_interval: EVERY },
  rule_files: [path.join(dir, 'rules.json')],
  alerting: { alertmanagers: [{ static_configs: [{ targets: [at(ports.alertmanager)] }] }] },
  scrape_configs: [
    {
      job_name: 'kubevirt-prometheus-metrics', scheme: 'https', honor_labels: true, tls_config: { insecure_skip_verify: true },
      file_sd_configs: [{ files: [path.join(dir, 'targets.json')], refresh_interval: EVERY }],
    },
    { job_name: 'kube-state-metrics', honor_labels: true, static_configs: [{ targets: [at(ports.state)] }] },
  ],
});

const answers = (url: string) => async (): Promise<boolean> => (await fetch(url)).ok;

async function startStateMetrics({ server, built }: ControlPlane, port: number): Promise<void> {
  const program = server.start('kube-state-metrics', built['kube-state-metrics'], [
    `--kubeconfig=${await server.kubeconfigOf('control-plane:kube-state-metrics')}`, '--host=127.0.0.1', `--port=${port}`, '--telemetry-host=127.0.0.1',
    // As OpenShift's monitoring has it: rules ask for labels of nodes.
    '--metric-labels-allowlist=pods=[*],nodes=[*],namespaces=[*],persistentvolumes=[*],persistentvolumeclaims=[*],poddisruptionbudgets=[*]', `--telemetry-port=${await freePort()}`,
  ]);
  await untilReady(program, 60, answers(`http://${at(port)}/healthz`));
}

async function startAlertmanager({ server }: ControlPlane, { alertmanager, alertmanagerFolder }: Binaries, dir: string, port: number): Promise<void> {
  const config = path.join(dir, 'alertmanager.json');
  await writeFile(config, JSON.stringify({ route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] }));
  const program = server.start('alertmanager', alertmanager, [`--config.file=${config}`, `--storage.path=${path.join(dir, 'alertmanager')}`, `--web.listen-address=${at(port)}`, '--cluster.listen-address=', '--log.level=warn'], alertmanagerFolder);
  await untilReady(program, 30, answers(`http://${at(port)}/-/ready`));
}

async function startPrometheus({ server }: ControlPlane, file: string, dir: string, port: number): Promise<void> {
  const program = server.start('prometheus', file, [
    `--config.file=${path.join(dir, 'prometheus.json')}`, `--storage.tsdb.path=${path.join(dir, 'data')}`, `--web.listen-address=${at(port)}`, '--log.level=warn',
  ]);
  await untilReady(program, 60, answers(`http://${at(port)}/-/ready`));
}

async function writeRules(plane: ControlPlane, dir: string): Promise<void> {
  const rule = await until('virt-operator wrote its PrometheusRule', 120, () => read<RuleObject>(plane.server.as(ADMIN.name), RULE));
  const groups = rule.spec.groups.map((group) => ({ ...group, rules: group.rules.map(shortened) }));
  await writeFile(path.join(dir, 'rules.json'), JSON.stringify({ groups }));
}

async function readFiring(url: string): Promise<readonly string[]> {
  const answer = (await (await fetch(`${url}/api/v1/alerts`)).json()) as { data: { alerts: readonly { state: string; labels: Record<string, string> }[] } };
  return [...new Set(answer.data.alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels['alertname'] ?? ''))].sort();
}

async function readValue(url: string, query: string): Promise<number | undefined> {
  const answer = (await (await fetch(`${url}/api/v1/query?${new URLSearchParams({ query }).toString()}`)).json()) as { data: { result: readonly { value: [number, string] }[] } };
  const [series] = answer.data.result;
  return series && Number(series.value[1]);
}

/** Starts kube-state-metrics, Alertmanager and Prometheus beside a control plane; they end with it. */
export async function startRealMonitoring(plane: ControlPlane): Promise<RealMonitoring> {
  // Nothing can be fetched here: whoever enters the namespace has looked for them before.
  const binaries = await findBinaries();
  const dir = path.join(plane.server.dir, 'monitoring');
  await mkdir(dir);
  const ports = { state: await freePort(), alertmanager: await freePort(), prometheus: await freePort() };
  const [stop] = await Promise.all([keepTargets(plane.server, path.join(dir, 'targets.json')), writeRules(plane, dir), writeFile(path.join(dir, 'prometheus.json'), JSON.stringify(configOf(dir, ports)))]);
  await startStateMetrics(plane, ports.state);
  await startAlertmanager(plane, binaries, dir, ports.alertmanager);
  await startPrometheus(plane, binaries.prometheus, dir, ports.prometheus);
  const prometheusUrl = `http://${at(ports.prometheus)}`;
  const firing = (): Promise<readonly string[]> => readFiring(prometheusUrl);
  const also = async (): Promise<string> => `firing: ${(await firing()).join(', ') || 'nothing'}`;
  return {
    prometheusUrl, alertmanagerUrl: `http://${at(ports.alertmanager)}`, firing, value: (query) => readValue(prometheusUrl, query),
    untilFires: async (alert) => void (await until(`${alert} fires`, 180, async () => (await firing()).includes(alert) || undefined, also)),
    untilQuiet: async (alert) => void (await until(`${alert} no longer fires`, 180, async () => !(await firing()).includes(alert) || undefined, also)),
    stop,
  };
}
