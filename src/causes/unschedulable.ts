import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { makeRoom, readScheduler, removeTaint, restoreLabels, uncordon } from '../mitigations/scheduling';
import { type DeploymentWorkload } from '../sources/workload';
import { type nodesHealthy } from '../steps/nodesHealthy';
import { type placement } from '../steps/placement';

type Placement = ReturnType<typeof placement>;

/** Every node that may run the pods is cordoned. */
export const nodesCordoned = (of: DeploymentWorkload, placed: Placement, healthy: ReturnType<typeof nodesHealthy>) => cause({
  id: 'unschedulable-cordon',
  says: msg('{{name}} finds no node: those that may run it are cordoned.', { name: of.name }),
  confirmedBy: placed.is('cordoned'),
  supportedBy: healthy.is('hostsCordoned'),
  mitigations: [uncordon(healthy)],
});

/** A taint keeps the pods off every node that may run them. */
export const nodesTainted = (of: DeploymentWorkload, placed: Placement) => cause({
  id: 'unschedulable-taint',
  says: msg('{{name}} finds no node: those that may run it carry a taint that it does not tolerate.', { name: of.name }),
  confirmedBy: placed.is('taint'),
  mitigations: [removeTaint(placed)],
});

/** The nodes that may run the pods have no CPU, memory or pod slots left. */
export const noRoom = (of: DeploymentWorkload, placed: Placement) => cause({
  id: 'unschedulable-room',
  says: msg('{{name}} finds no node: those that may run it have no room left.', { name: of.name }),
  confirmedBy: placed.is('cpu', 'memory', 'tooManyPods'),
  mitigations: [makeRoom(of)],
});

/** No node has the labels that the pods ask for. */
export const noNodeMatches = (of: DeploymentWorkload, placed: Placement, healthy: ReturnType<typeof nodesHealthy>) => cause({
  id: 'unschedulable-selector',
  says: msg('{{name}} finds no node: none has the labels that it asks for.', { name: of.name }),
  confirmedBy: placed.is('selector'),
  supportedBy: healthy.is('noHost'),
  mitigations: [restoreLabels(of)],
});

/** No node takes the pods for a rarer reason: affinity between pods, a volume. */
export const unschedulable = (of: DeploymentWorkload, placed: Placement) => cause({
  id: 'unschedulable',
  says: msg('{{name}} finds no node.', { name: of.name }),
  confirmedBy: placed.is('affinity', 'volume', 'otherwise'),
  mitigations: [readScheduler(of)],
});
