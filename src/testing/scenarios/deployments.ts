import { INSTALL_NAMESPACE } from '../builders/names';
import { addUnknownFlag, deleteDeployment, editToZero, hideOnePod, limitMemory, loseImage, reserveNodes, takeAllCpu } from '../deploymentFaults';
import { cutOff } from '../electionFaults';
import { scenario } from './define';
import type { Scenario } from './scenario';

/** Minutes after which an alert fires that waits for an hour. */
const OVER_AN_HOUR = 75;

/**
 * Components of the control plane that are gone, low or not ready: one scenario for each of these alerts, and for each of the causes
 * one that VirtOperatorDown does not show.
 */
export const deployments: readonly Scenario[] = [
  scenario({
    id: 'api-scaled-to-zero',
    title: 'virt-api is scaled to zero, and so is virt-operator, which would undo it',
    alert: 'VirtAPIDown',
    cause: 'scaled-to-zero',
    apply: (cluster) => editToZero(cluster, 'virt-operator', 'virt-api'),
  }),
  scenario({
    id: 'api-cut-off',
    title: 'virt-api runs and is not ready: a NetworkPolicy keeps it from the API server',
    alert: 'NoReadyVirtAPI',
    cause: 'failing-probe',
    apply: (cluster) => cutOff(cluster, 'virt-api'),
  }),
  scenario({
    id: 'api-one-crashes',
    title: 'A rollout of virt-api stopped at its first pod: a patch gives the program a flag that it does not know',
    alert: 'LowReadyVirtAPICount',
    cause: 'crash-loop',
    apply: (cluster) => addUnknownFlag(cluster, 'virt-api', 'one'),
  }),
  scenario({
    id: 'api-one-without-image',
    title: 'One of two virt-api pods cannot pull its image',
    alert: 'LowVirtAPICount',
    cause: 'image-pull',
    sinceMinutes: OVER_AN_HOUR,
    apply: (cluster) => loseImage(cluster, 'virt-api', 'one'),
  }),
  scenario({
    id: 'controller-deleted',
    title: 'The Deployment of virt-controller is gone, and virt-operator, which would make it again, is scaled to zero',
    alert: 'VirtControllerDown',
    cause: 'deployment-absent',
    apply: (cluster) => deleteDeployment(cluster, 'virt-controller'),
  }),
  scenario({
    id: 'controller-crash-loop',
    title: 'virt-controller ends as soon as it starts: a patch gives it a flag that it does not know',
    alert: 'NoReadyVirtController',
    cause: 'crash-loop',
    apply: (cluster) => addUnknownFlag(cluster, 'virt-controller'),
  }),
  scenario({
    id: 'controller-out-of-memory',
    title: 'A rollout of virt-controller stopped at its first pod: a patch limits its memory to what it cannot live in',
    alert: 'LowReadyVirtControllersCount',
    cause: 'out-of-memory',
    apply: (cluster) => limitMemory(cluster, 'virt-controller', 'one'),
  }),
  scenario({
    id: 'controller-one-tainted',
    title: 'One of two virt-controller pods finds no node: somebody reserved the control plane with a taint',
    alert: 'LowVirtControllersCount',
    cause: 'unschedulable-taint',
    apply: (cluster) => reserveNodes(cluster, 'virt-controller', 'one'),
  }),
  scenario({
    id: 'operator-not-scraped',
    title: 'False alarm: Prometheus does not reach virt-operator, which is ready',
    alert: 'NoReadyVirtOperator',
    cause: 'ready-not-scraped',
    apply: (cluster) => {
      cluster.scrapes['virt-operator'] = false;
    },
  }),
  scenario({
    id: 'operator-one-not-scraped',
    title: 'False alarm: one of two ready virt-operator pods is no scrape target',
    alert: 'LowReadyVirtOperatorsCount',
    cause: 'ready-not-scraped',
    apply: (cluster) => hideOnePod(cluster, 'virt-operator', cluster.need('Lease', INSTALL_NAMESPACE, 'virt-operator').spec.holderIdentity ?? ''),
  }),
  scenario({
    id: 'operator-one-unschedulable',
    title: 'One of two virt-operator pods finds no node: the control plane has no CPU left',
    alert: 'LowVirtOperatorCount',
    cause: 'unschedulable-room',
    sinceMinutes: OVER_AN_HOUR,
    apply: (cluster) => takeAllCpu(cluster, 'virt-operator', 'one'),
  }),
];
