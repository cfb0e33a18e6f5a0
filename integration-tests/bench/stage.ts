import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdir } from 'node:fs/promises';
import { exposition, metricsOf } from '../../src/testing/metrics';
import type { Cluster } from '../../src/testing/cluster';
import { SHELF, loadRunbook } from '../../src/runbooks/library';
import { findBinaries } from '../../sandbox/monitoring/binaries';
import { startMonitoring } from '../../sandbox/monitoring/monitoring';
import { freePort } from '../../sandbox/launch/port';
import { loadRules } from '../../sandbox/rules/rules';
import { type ApiServer, startApiServer } from '../control-plane/launch/apiServer';
import { type Kubelet, startKubelet } from './kubelet';
import { loadInto } from './load';
import type { World } from '../../sandbox/launch/world';

const RULES = 'kubevirt-1.8.4';

/** A real API server that holds a grown world, with a real Prometheus beside it. */
export interface Stage {
  api: ApiServer;
  /** Of an administrator. */
  kubeconfig: string;
  prometheus: string;
  /** Writes the objects of one kind anew that are not there any more. Throws if one is refused. */
  reload(kind: string): Promise<void>;
  close(): Promise<void>;
}

/** Serves the metrics that a rule or a runbook names, of a world that stands still: written once, since a large one takes seconds to write. */
async function serveMetrics(cluster: Cluster): Promise<{ url: string; close: () => void }> {
  const asked = JSON.stringify([loadRules(RULES), await Promise.all(SHELF.map(({ alert }) => loadRunbook(alert)))]);
  const text = exposition(metricsOf(cluster).filter(({ name }) => asked.includes(name)));
  const server = http.createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' }).end(text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`, close: () => void server.close() };
}

// As often as OpenShift evaluates; ten times a minute a large world would keep a core busy beside what is measured.
const EVERY = '30s';
const SCRAPED_WITHIN = 120_000;

async function untilScraped(prometheus: string, vms: number): Promise<void> {
  const query = encodeURIComponent('count(kubevirt_vmi_info)');
  for (const deadline = Date.now() + SCRAPED_WITHIN; Date.now() < deadline; await sleep(500)) {
    const { data } = (await (await fetch(`${prometheus}/api/v1/query?query=${query}`)).json()) as { data: { result: { value: [number, string] }[] } };
    if (Number(data.result[0]?.value[1] ?? 0) >= vms) return;
  }
  throw new Error(`Prometheus has not scraped ${vms} VMs within ${SCRAPED_WITHIN / 1_000} s.`);
}

/** Starts everything. Throws a `Refusal` if a program cannot be had; what was started ends with the process. */
export async function setStage(world: World, say: (sentence: string) => void): Promise<Stage> {
  const api = await startApiServer({ say });
  const closing: (() => unknown)[] = [() => api.stop()];
  const close = async (): Promise<void> => {
    for (const end of closing.reverse()) await end();
  };
  try {
    const kubelet: Kubelet = await startKubelet(world.cluster, api.dir);
    closing.push(() => kubelet.close());
    const { refused, reload } = await loadInto(api.as('admin'), world.cluster, kubelet.port, say);
    if (refused.length > 0) throw new Error(`The API server refused ${refused.length} objects of the world, ${refused[0]}`);
    const metrics = await serveMetrics(world.cluster);
    closing.push(() => metrics.close());
    const dir = path.join(api.dir, 'bench');
    await mkdir(dir);
    const ports = { prometheus: await freePort(), alertmanager: await freePort() };
    say('Starting Prometheus over two hours of past …');
    const monitoring = await startMonitoring({ binaries: await findBinaries(say), dir, ports, series: world.seriesAt, scrape: metrics.url, rules: RULES, every: EVERY });
    closing.push(() => monitoring.close());
    await untilScraped(monitoring.prometheusUrl, world.cluster.list('VirtualMachineInstance').length);
    return { api, kubeconfig: await api.kubeconfigOf('admin'), prometheus: monitoring.prometheusUrl, reload, close };
  } catch (error) {
    await close();
    throw error;
  }
}
