// `make control-plane`: a real control plane with KubeVirt until Ctrl-C. Run once outside, it builds what is missing, lets three
// loopback ports through, and runs itself again in a network namespace.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../sandbox/launch/port';
import { Refusal } from '../../sandbox/launch/refusal';
import { findBinaries } from '../../sandbox/monitoring/binaries';
import { buildPrograms } from './build';
import { throwAwayFolder } from './launch/folder';
import { inNamespace, isInNamespace } from './launch/namespace';
import { type Relay, fromFile, toFile } from './launch/relay';
import { ADMIN, VIEWER, kubeconfig } from './launch/users';
import { type ControlPlane, startControlPlane } from './plane/controlPlane';
import { type RealMonitoring, startRealMonitoring } from './plane/monitoring';
import { ALL } from './programs';
import { REALITY_TABLE } from './reality';
import { asText } from './table';

const say = (sentence: string): void => console.log(sentence);

/** What is let through, by the name of its socket file. */
const DOORS = ['api', 'prometheus', 'alertmanager'] as const;
type Ports = Readonly<Record<(typeof DOORS)[number], number>>;

async function outside(): Promise<number> {
  await buildPrograms(ALL, say);
  await findBinaries(say);
  const folder = await throwAwayFolder();
  const ports: Ports = { api: await freePort(), prometheus: await freePort(), alertmanager: await freePort() };
  const relays: Relay[] = [];
  try {
    for (const door of DOORS) relays.push(await toFile(folder.dir, door, ports[door]));
    return await inNamespace(process.execPath, ['--import', 'tsx', path.resolve('integration-tests/control-plane/start.ts')], { DOORS: folder.dir, PORTS: JSON.stringify(ports) });
  } finally {
    for (const relay of relays) await relay.close();
    await folder.remove();
  }
}

const portOf = (url: string): number => Number(new URL(url).port);

/** Puts everything beside the control plane, and says where it is. */
async function furnish(plane: ControlPlane, dir: string, ports: Ports): Promise<RealMonitoring> {
  const monitoring = await startRealMonitoring(plane);
  await fromFile(dir, 'api', plane.server.port);
  await fromFile(dir, 'prometheus', portOf(monitoring.prometheusUrl));
  await fromFile(dir, 'alertmanager', portOf(monitoring.alertmanagerUrl));
  const files = [ADMIN.name, VIEWER.name].map((user) => ({ user, file: path.join(dir, `kubeconfig-${user}`) }));
  for (const { user, file } of files) await writeFile(file, kubeconfig(`https://127.0.0.1:${ports.api}`, plane.server.caFile, user, plane.server.tokenOf(user)), { mode: 0o600 });
  const admin = files[0]?.file ?? '';
  say(`
${asText(REALITY_TABLE)}

${files.map(({ user, file }) => `Kubeconfig      ${file} (${user})`).join('\n')}
API server      https://127.0.0.1:${ports.api}
Prometheus      http://127.0.0.1:${ports.prometheus}
Alertmanager    http://127.0.0.1:${ports.alertmanager}
kubectl         KUBECONFIG=${admin} ${plane.built.kubectl} get pods -A
Console         make start KUBECONFIG=${admin} PROMETHEUS=http://127.0.0.1:${ports.prometheus} ALERTMANAGER=http://127.0.0.1:${ports.alertmanager}
Logs            ${plane.server.dir}

Ctrl-C stops everything.`);
  return monitoring;
}

async function inside(dir: string, ports: Ports): Promise<void> {
  const interrupted = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(undefined));
  });
  const plane = await Promise.race([startControlPlane({ say }), interrupted]);
  // Who is interrupted while it starts leaves at once; nothing survives that.
  if (plane === undefined) return;
  try {
    const monitoring = await furnish(plane, dir, ports);
    const lost = await Promise.race([interrupted, plane.server.died]);
    monitoring.stop();
    if (lost !== undefined) throw new Refusal(lost);
  } finally {
    await plane.stop();
  }
}

try {
  if (isInNamespace()) await inside(process.env['DOORS'] ?? '', JSON.parse(process.env['PORTS'] ?? '{}') as Ports);
  else process.exitCode = await outside();
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
// What is still being started is killed by the kernel, and its folder goes.
process.exit();
