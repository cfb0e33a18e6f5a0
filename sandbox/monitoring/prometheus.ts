import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../launch/child';
import { Refusal } from '../launch/refusal';
import { type RuleGroup } from '../rules/rules';

const READY_WITHIN = 30_000;

/** Waits until a program answers at `url`, and says why if it ends before. */
export async function untilReady(child: Child, url: string): Promise<void> {
  let ended: string | undefined;
  void child.gone.then((how) => (ended = how));
  for (const deadline = Date.now() + READY_WITHIN; Date.now() < deadline; await sleep(20)) {
    if (ended !== undefined) throw new Refusal(`${child.name} did not start (${ended}): see what it says and start again.`);
    const ready = await fetch(url).then(({ ok }) => ok, () => false);
    if (ready) return;
  }
  await child.stop();
  throw new Refusal(`${child.name} was not ready after ${READY_WITHIN / 1_000} s: this machine may be too busy; start again.`);
}

/** What a Prometheus of the sandbox works on. `scrape` and `alertmanager` are loopback URLs. */
export interface PrometheusSetup {
  program: string;
  dir: string;
  data: string;
  port: number;
  scrape?: string;
  alertmanager?: string;
  rules?: readonly RuleGroup[];
  /** Between two scrapes, and two evaluations of the rules; a second if not given. */
  every?: string;
}

const JOB = 'simulated-cluster';

/**
 * The simulator answers for all exporters at once, with `up` of each of them among its series, as a federation endpoint
 * does: a pod that goes takes its `up` with it in the next scrape, just as a target does that service discovery drops.
 * `honor_labels` keeps the exporters' own job and instance; where a series has none, this target's are taken off again,
 * else it would not continue the series of the backfilled past and everything would be counted twice for five minutes.
 */
function scrapeConfig(url: string): object {
  const { host, pathname, protocol } = new URL(url);
  const takeOff = (label: string): object => ({ source_labels: [label], regex: JOB, target_label: label, replacement: '' });
  return {
    job_name: JOB,
    honor_labels: true,
    scheme: protocol.replace(':', ''),
    metrics_path: pathname,
    static_configs: [{ targets: [host] }],
    relabel_configs: [{ target_label: 'instance', replacement: JOB }],
    metric_relabel_configs: [takeOff('job'), takeOff('instance')],
  };
}

/** Prometheus reads YAML, of which JSON is a part. */
const json = (file: string, content: object): Promise<void> => writeFile(file, JSON.stringify(content, null, 1));

async function writeConfig({ dir, scrape, alertmanager, rules, every = '1s' }: PrometheusSetup): Promise<string> {
  const ruleFile = path.join(dir, 'openshift-cnv-prometheus-kubevirt-rules.yaml');
  if (rules !== undefined) await json(ruleFile, { groups: rules });
  const config = path.join(dir, 'prometheus.yaml');
  await json(config, {
    global: { scrape_interval: every, evaluation_interval: every },
    ...(rules === undefined ? {} : { rule_files: [ruleFile] }),
    ...(alertmanager === undefined ? {} : { alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager).host] }] }] } }),
    scrape_configs: scrape === undefined ? [] : [scrapeConfig(scrape)],
  });
  return config;
}

/**
 * A backfilled series that ended carries no mark of its end (OpenMetrics cannot say it), so it would seem to go on for
 * the whole lookback of five minutes. This is more than one step of the past, and long enough until the first scrape.
 */
const LOOKBACK = '90s';

/** Starts Prometheus and resolves once it answers. Throws a {@link Refusal} if it does not come up. */
export async function startPrometheus(setup: PrometheusSetup, lookback: string = LOOKBACK): Promise<{ child: Child; url: string }> {
  const config = await writeConfig(setup);
  const url = `http://127.0.0.1:${setup.port}`;
  const child = startChild('Prometheus', setup.program, [
    `--config.file=${config}`,
    `--storage.tsdb.path=${setup.data}`,
    '--storage.tsdb.retention.time=1d',
    `--web.listen-address=127.0.0.1:${setup.port}`,
    `--query.lookback-delta=${lookback}`,
    // Left at ten minutes, alerts with a shorter `for` would not be restored from the past.
    '--rules.alert.for-grace-period=0s',
    '--rules.alert.resend-delay=5s',
    '--log.level=error',
  ]);
  await untilReady(child, `${url}/-/ready`);
  return { child, url };
}
