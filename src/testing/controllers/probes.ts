import { say } from '../builders/event';
import { isReady, podConditions } from '../builders/pod';
import type { Cluster } from '../cluster';
import type { Pod } from '../objects';
import { isAlive } from './kubelet';
import { isCutOff } from './leaseWrites';
import { virtLine } from './startupLog';

/** The probe of virt-api and virt-handler: it answers 500 while the program does not reach the API server (kubevirt/kubevirt v1.8.4 pkg/healthz/healthz.go). */
export function answerProbe(cluster: Cluster, pod: Pod, component: 'virt-api' | 'virt-handler'): void {
  const { namespace = '', name } = pod.metadata;
  const node = cluster.get('Node', undefined, pod.spec.nodeName ?? '');
  const runs = pod.status.containerStatuses?.every(({ state }) => state.running !== undefined) ?? false;
  if (!node || !isAlive(node) || pod.status.phase !== 'Running' || !runs) return;
  const cutOff = isCutOff(cluster, pod);
  if (cutOff) {
    cluster.logs.write({ namespace, pod: name, container: component }, silence(cluster, component));
    say(cluster, pod, { type: 'Warning', reason: 'Unhealthy', message: 'Readiness probe failed: HTTP probe failed with statuscode: 500', component: 'kubelet', host: node.metadata.name, everySeconds: 60 });
  }
  const heals = !cutOff && !isReady(pod) && pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'False') === true && pod.metadata.deletionTimestamp === undefined;
  if (cutOff === isReady(pod) || heals) {
    cluster.update('Pod', namespace, name, (draft) => {
      draft.status.conditions = podConditions(cluster.now(), !cutOff, [component]);
      for (const status of draft.status.containerStatuses ?? []) status.ready = !cutOff;
    });
  }
}

/** One line a minute of a reflector that reaches nobody (client-go tools/cache). */
function silence(cluster: Cluster, component: string): readonly string[] {
  return [virtLine(component, 'error', 'failed to list *v1.VirtualMachineInstance: Get "https://172.30.0.1:443/apis/kubevirt.io/v1/virtualmachineinstances": dial tcp 172.30.0.1:443: i/o timeout', 'reflector.go:205', cluster.now())];
}

/** Asks every pod of virt-api how it is; those of virt-handler are asked where the rest of virt-handler is tended. */
export function probeApi(cluster: Cluster): void {
  for (const pod of cluster.list('Pod')) if (pod.metadata.labels?.['kubevirt.io'] === 'virt-api') answerProbe(cluster, pod, 'virt-api');
}
