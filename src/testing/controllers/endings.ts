import { say } from '../builders/event';
import { containerStatus, podConditions } from '../builders/pod';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { ContainerStatus, Node, Pod } from '../objects';
import { quantity } from '../quantity';
import { startupLog } from './startupLog';

/** How a program ends, and what it writes last. */
interface Ending {
  exitCode: number;
  reason: 'Error' | 'OOMKilled';
  says: readonly string[];
}

const COMPONENTS: readonly string[] = ['virt-operator', 'virt-api', 'virt-controller'];
/** Flags that the templates of the world use; a program that gets another one ends before it has done anything (spf13/pflag, exit code 2). */
const FLAGS: readonly string[] = ['--port'];
/** Less memory than this, in bytes, no program of KubeVirt starts with. */
const LEAST_MEMORY = quantity('100Mi');

/** Why the program of a pod ends as soon as it starts, read from its template; undefined if it does not. */
function endingOf({ metadata, spec }: Pod): Ending | undefined {
  if (!COMPONENTS.includes(metadata.labels?.['kubevirt.io'] ?? '')) return undefined;
  const [container] = spec.containers;
  const unknown = ((container?.['args'] ?? []) as readonly string[]).map((arg) => arg.split('=')[0] ?? '').find((arg) => arg.startsWith('--') && !FLAGS.includes(arg));
  if (unknown !== undefined) return { exitCode: 2, reason: 'Error', says: [`unknown flag: ${unknown}`, `Usage of ${container?.name ?? ''}:`] };
  const limit = container?.resources?.limits?.['memory'];
  return limit !== undefined && quantity(limit) < LEAST_MEMORY ? { exitCode: 137, reason: 'OOMKilled', says: [] } : undefined;
}

/** The kubelet waits ten seconds before the second start and twice as long each time, five minutes at most. */
const pauseAfter = (restarts: number): number => Math.min(300, 10 * 2 ** restarts);

/** Ends the program of a pod that cannot stay up, and starts it again after the kubelet's pause. False where nothing ends it. */
export function endAndRestart(cluster: Cluster, pod: Pod, node: Node): boolean {
  const ending = endingOf(pod);
  const [status] = pod.status.containerStatuses ?? [];
  if (!ending || !status) return false;
  if (status.state.running) end(cluster, pod, node, status, ending);
  else if (cluster.now().getTime() - new Date(status.lastState.terminated?.finishedAt ?? 0).getTime() >= pauseAfter(status.restartCount) * 1000) restart(cluster, pod, status);
  return true;
}

function end(cluster: Cluster, pod: Pod, node: Node, status: ContainerStatus, { exitCode, reason, says }: Ending): void {
  const { namespace = '', name, uid = '' } = pod.metadata;
  const log = { namespace, pod: name, container: status.name };
  const finishedAt = timestamp(cluster.now());
  cluster.logs.write(log, says);
  cluster.logs.restart(log);
  cluster.update('Pod', namespace, name, (draft) => {
    const [container] = draft.spec.containers;
    if (!container) return;
    const waiting = { reason: 'CrashLoopBackOff', message: `back-off ${String(pauseAfter(status.restartCount))}s restarting failed container=${status.name} pod=${name}_${namespace}(${uid})` };
    draft.status.conditions = podConditions(cluster.now(), false, [status.name]);
    draft.status.containerStatuses = [containerStatus(container, { waiting }, {
      restartCount: status.restartCount, lastState: { terminated: { exitCode, reason, startedAt: status.state.running?.startedAt ?? finishedAt, finishedAt } },
    })];
  });
  say(cluster, pod, { type: 'Warning', reason: 'BackOff', message: `Back-off restarting failed container ${status.name} in pod ${name}_${namespace}(${uid})`, component: 'kubelet', host: node.metadata.name, everySeconds: 60 });
}

function restart(cluster: Cluster, pod: Pod, status: ContainerStatus): void {
  const { namespace = '', name } = pod.metadata;
  cluster.logs.write({ namespace, pod: name, container: status.name }, startupLog(status.name, namespace, cluster.now()));
  cluster.update('Pod', namespace, name, (draft) => {
    const [container] = draft.spec.containers;
    if (!container) return;
    draft.status.containerStatuses = [containerStatus(container, { running: { startedAt: timestamp(cluster.now()) } }, { ready: false, started: false, restartCount: status.restartCount + 1, lastState: status.lastState })];
  });
}
