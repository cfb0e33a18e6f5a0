import { sh } from '../engine/command';
import { msg } from '../engine/message';
import { navigate } from '../engine/mitigation';
import { promql } from '../engine/source';
import { kinds } from '../sources/kinds';
import { metricOver } from '../sources/metrics';
import { type Pod } from '../sources/objects';
import { alertNode } from '../steps/alertNode';
import { handlerHere } from '../steps/handlerHere';
import { controllerOf } from '../steps/launcherReadings';
import { isFinished, launchersHere, launchersThere } from '../steps/launchersHere';
import { virtHandler } from '../steps/workloads';
import { deleteSelection } from './deleteSelection';

/** Deletes launcher pods of the node that have ended. Phase Succeeded or Failed says that no container of them runs or will run again. */
export const deleteFinishedHere = deleteSelection<Pod>({
  id: 'delete-finished-launchers',
  title: msg('Delete the launcher pods that have ended'),
  summary: msg('Deletes the launcher pods on this node whose containers have all ended, each as it was seen. Nothing else on the node is touched, and the alert clears.'),
  risk: 'low',
  vms: msg('None. A pod that has ended runs no VM.'),
  undo: msg('Not possible: pods and their logs are gone.'),
  of: kinds.Pod,
  source: launchersThere,
  fits: isFinished,
  what: msg('launcher pods that have ended'),
  parts: { asks: msg('In which namespace?'), of: ({ metadata: { namespace = '' } }) => namespace, all: msg('All namespaces'), usual: 'all' },
  keep: { asks: msg('How many are kept of each VM?'), groups: msg('VM'), unit: msg('newest pods'), most: 0, groupOf: (pod) => controllerOf(pod)?.uid ?? pod.metadata.name },
  trend: {
    source: metricOver(promql`count(kube_pod_info{node="${alertNode}", pod=~"virt-launcher-.*"})`, { range: 3600, step: 300 }), grows: () => false,
    stopFirst: msg('Find out who still starts VMs on this node: without virt-handler they end at once.'),
  },
  effects: (_, left) => [
    left === 0 ? msg('Then none is left on this node, and the alert clears within two minutes or so.') : msg('Then {{left}} are left on this node, and the alert goes on until they are gone.', { left }),
  ],
  vmsAffected: msg('None. A pod that has ended runs no VM.'),
  owner: msg('VMs and VM instances stay as they are.'),
  verify: [launchersHere],
});

/** Opens the events of virt-handler's pod on the node. */
export const seeHandlerEvents = navigate({
  id: 'see-virt-handler-events',
  title: msg('Remove what keeps virt-handler from starting'),
  summary: msg('Opens the events of its pod. They name what is missing: a secret with its certificates, a volume, an address from the pod network, room on the disk of the node.'),
  risk: 'none',
  vms: msg('Nothing.'),
  undo: msg('Not needed: nothing is changed.'),
  place: { page: 'object', of: kinds.Pod, namespace: virtHandler.in, name: handlerHere.out.pod, tab: 'events' },
  commands: [sh`oc describe pod -n ${virtHandler.in} ${handlerHere.out.pod}`, sh`oc get secrets -n ${virtHandler.in}`],
});
