import { INSTALL_NAMESPACE } from '../builders/names';
import { plain } from '../builders/platform';
import { running } from '../builders/pod';
import { launcherPod } from '../builders/vm';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import { instancesOn } from './launchers';
import { pass } from '../controllers';
import { podsOf, scaleDeployment } from '../faults';
import { kindInfo } from '../kinds';
import type { Node, Pod } from '../objects';

const HANDLER = 'virt-handler';

/** The virt-handler pods of nodes. */
const handlersOn = (cluster: Cluster, nodes: readonly Node[]): readonly Pod[] =>
  podsOf(cluster, HANDLER).filter(({ spec }) => nodes.some(({ metadata }) => metadata.name === spec.nodeName));

/** The virt-handler pods of nodes are gone at once, as after a reboot; whatever stands in their way keeps the next ones from running. */
export function replaceHandlers(cluster: Cluster, nodes: readonly Node[]): void {
  for (const { metadata } of handlersOn(cluster, nodes)) cluster.remove('Pod', metadata.namespace, metadata.name);
}

/** virt-operator stops, and after a minute somebody deletes the DaemonSet: nobody makes it again. */
export function loseDaemonSet(cluster: Cluster): void {
  scaleDeployment(cluster, 'virt-operator', 0);
  pass(cluster, 60_000);
  cluster.remove('DaemonSet', INSTALL_NAMESPACE, HANDLER);
}

/** Somebody gives workloads a placement in HyperConverged. */
export function placeWorkloads(cluster: Cluster, nodeSelector: Record<string, string>): void {
  cluster.update('HyperConverged', INSTALL_NAMESPACE, 'kubevirt-hyperconverged', (draft) => {
    draft['spec'] = { ...(draft['spec'] as object), workloads: { nodePlacement: { nodeSelector } } };
  });
}

/** Somebody forbids virt-handler to call anybody. */
export function cutHandlersOff(cluster: Cluster): void {
  cluster.create(plain(kindInfo('NetworkPolicy'), { name: 'deny-egress', namespace: INSTALL_NAMESPACE }, {
    spec: { podSelector: { matchLabels: { 'kubevirt.io': HANDLER } }, policyTypes: ['Egress'], egress: [] },
  }));
}

/** The pods of nodes are no longer selected by the service that is scraped, and work on. */
export function hideHandlers(cluster: Cluster, nodes: readonly Node[]): void {
  for (const { metadata } of handlersOn(cluster, nodes)) {
    cluster.update('Pod', metadata.namespace, metadata.name, (draft) => {
      const { 'prometheus.kubevirt.io': _gone, ...others } = draft.metadata.labels ?? {};
      draft.metadata.labels = others;
    });
  }
}

/** A new image of virt-handler, which the registry does not have. */
export function rollOutMissingImage(cluster: Cluster): void {
  cluster.update('DaemonSet', INSTALL_NAMESPACE, HANDLER, (draft) => {
    for (const container of draft.spec.template.spec.containers) container.image = container.image.replace(/.{8}$/, '00000000');
  });
}

/** The VMs of a node migrate to another one; their source pods have ended and stay, because their instances live. */
export function moveVmsAway(cluster: Cluster, from: Node, to: Node): void {
  const place = { name: to.metadata.name, address: to.status.addresses[0]?.address ?? '' };
  for (const instance of instancesOn(cluster, from)) {
    const { name, namespace = '', uid = '' } = instance.metadata;
    for (const pod of cluster.list('Pod', namespace).filter((one) => one.metadata.labels?.['kubevirt.io/created-by'] === uid)) {
      const terminated = { exitCode: 0, reason: 'Completed', startedAt: pod.status.startTime ?? '', finishedAt: timestamp(cluster.now()) };
      cluster.update('Pod', namespace, pod.metadata.name, ({ status }) => {
        status.phase = 'Succeeded';
        for (const condition of status.conditions ?? []) if (/Ready$/.test(condition.type)) Object.assign(condition, { status: 'False', reason: 'PodCompleted', lastTransitionTime: timestamp(cluster.now()) });
        for (const one of status.containerStatuses ?? []) Object.assign(one, { ready: false, started: false, state: { terminated } });
      });
    }
    const target = cluster.create(running(launcherPod(instance, { name: `virt-launcher-${name}-${cluster.random.letters(5)}` }), { at: cluster.now(), node: place, podIP: '10.131.88.8' }));
    cluster.update('VirtualMachineInstance', namespace, name, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, 'kubevirt.io/nodeName': place.name };
      draft.status.nodeName = place.name;
      draft.status['activePods'] = { [target.metadata.uid ?? '']: place.name };
    });
  }
}

/** virt-handler on nodes starts and ends again and again, with these last words. */
export function crashHandlers(cluster: Cluster, nodes: readonly Node[], end: { readonly exitCode: number; readonly reason: 'Error' | 'OOMKilled'; readonly lines: readonly string[] }): void {
  const { lines, ...how } = end;
  for (const { metadata: { name, namespace = '' } } of handlersOn(cluster, nodes)) {
    const container = { namespace, pod: name, container: HANDLER };
    cluster.logs.write(container, lines);
    cluster.logs.restart(container);
    const terminated = { ...how, startedAt: timestamp(cluster.now()), finishedAt: timestamp(cluster.now()) };
    cluster.update('Pod', namespace, name, ({ status }) => {
      for (const condition of status.conditions ?? []) if (/Ready$/.test(condition.type)) Object.assign(condition, { status: 'False', reason: 'ContainersNotReady', lastTransitionTime: timestamp(cluster.now()) });
      for (const one of status.containerStatuses ?? []) {
        Object.assign(one, { ready: false, started: false, restartCount: 9, lastState: { terminated }, state: { waiting: { reason: 'CrashLoopBackOff', message: `back-off 5m0s restarting failed container=${HANDLER} pod=${name}_${namespace}` } } });
      }
    });
  }
}

/** What virt-handler 1.8.4 writes when it cannot watch its certificates (pkg/certificates/bootstrap/cert-manager.go). */
export const NO_WATCHES = [
  '{"component":"virt-handler","level":"fatal","msg":"Failed to create an inotify watcher","pos":"cert-manager.go:105","reason":"too many open files","timestamp":"2026-09-14T07:59:01.000000Z"}',
  'panic: Failed to create an inotify watcher',
];
