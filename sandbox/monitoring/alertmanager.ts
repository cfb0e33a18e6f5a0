import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Child, startChild } from '../launch/child';
import { type Binaries } from './binaries';
import { type ActiveAlert } from './evaluation';
import { untilReady } from './prometheus';

/** Starts an Alertmanager that notifies nobody and has no peers, and resolves once it answers. */
export async function startAlertmanager({ alertmanager, alertmanagerFolder }: Binaries, dir: string, port: number): Promise<{ child: Child; url: string }> {
  const config = path.join(dir, 'alertmanager.yaml');
  await writeFile(config, JSON.stringify({ route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] }));
  const url = `http://127.0.0.1:${port}`;
  const child = startChild(
    'Alertmanager',
    alertmanager,
    [
    `--config.file=${config}`,
    `--storage.path=${path.join(dir, 'alertmanager')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
    '--log.level=warn',
    ],
    alertmanagerFolder,
  );
  await untilReady(child, `${url}/-/ready`);
  return { child, url };
}

/**
 * Tells Alertmanager since when the firing alerts of the past fire. Prometheus only knows the moment in which it was
 * started itself; of two reports of one alert Alertmanager keeps the earlier begin. Throws if it refuses them.
 */
export async function announce(alertmanagerUrl: string, alerts: readonly ActiveAlert[]): Promise<void> {
  const posts = alerts.flatMap(({ labels, firingSince }) => (firingSince === undefined ? [] : [{ labels, startsAt: new Date(firingSince * 1_000).toISOString() }]));
  if (posts.length === 0) return;
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${alertmanagerUrl}/api/v2/alerts`, { method: 'POST', headers, body: JSON.stringify(posts) });
  if (!response.ok) throw new Error(`Alertmanager refused the alerts of the past: ${response.status} ${await response.text()}`);
}
