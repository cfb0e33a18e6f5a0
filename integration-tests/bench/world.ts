import { TENANTS } from '../../src/testing/builders/names';
import { namespaceWithProject } from '../../src/testing/builders/platform';
import { failedLauncher, minutesAgo, turn, workers } from '../../src/testing/scenarios/launchers';
import { startMachine } from '../../src/testing/healthy/tenants';
import { worldOf, type World } from '../../sandbox/launch/world';
import { scenarioNamed } from '../../sandbox/launch/options';

/** How much there is in a cluster. */
export interface Size {
  /** Running VMs, each with its instance, its launcher pod and its disk. */
  vms: number;
  /** Launcher pods in phase Failed. */
  failedPods: number;
}

/** The two clusters that are compared: one in which everything is quick, and one in which lists are long. */
export const SIZES: readonly Size[] = [{ vms: 50, failedPods: 20 }, { vms: 10_000, failedPods: 20_000 }];

/** The fault in both: virt-operator is scaled to 0. */
export const SCENARIO = 'operator-scaled-to-zero';

/** The sandbox's world with that fault, after its past was lived through. It stands still, and so does its clock: who leads is told by leases that nobody renews any more. */
function standingWorld(): World {
  const world = worldOf(scenarioNamed(SCENARIO), new Date());
  world.stop();
  const now = Date.now();
  world.cluster.clock.follow(() => now);
  return world;
}

/** That world grown to a size. */
export function grownWorld({ vms, failedPods }: Size): World {
  const world = standingWorld();
  const { cluster } = world;
  const nodes = workers(cluster);
  for (let number = cluster.list('VirtualMachineInstance').length; number < vms; number += 1) {
    startMachine(cluster, { namespace: turn(TENANTS, number), name: `many-${number}`, node: turn(nodes, number).metadata.name, podIP: `10.${132 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}` });
  }
  const instances = cluster.list('VirtualMachineInstance');
  for (let number = 0; number < failedPods; number += 1) {
    failedLauncher(cluster, turn(instances, number), { node: turn(nodes, number), at: minutesAgo(cluster, 2 + (number % 60)), end: { compute: { exitCode: 1, reason: 'Error' } } });
  }
  return world;
}

/** What is cleaned up by the many: failed launcher pods, spread evenly over namespaces. */
export interface Litter {
  pods: number;
  namespaces: number;
}

/** Hours for which the litter has been lying there: the count has long stopped to rise. */
const OLD = 3;

/** That world with one VM in each of so many namespaces more, and with so many failed pods of them. */
export function litteredWorld({ pods, namespaces }: Litter): World {
  const world = standingWorld();
  const { cluster } = world;
  const nodes = workers(cluster);
  for (let number = 0; number < namespaces; number += 1) {
    const namespace = `team-${String(number).padStart(3, '0')}`;
    for (const object of namespaceWithProject(namespace)) cluster.create(object);
    startMachine(cluster, { namespace, name: 'worker', node: turn(nodes, number).metadata.name, podIP: `10.140.${number >> 8}.${number & 255}` });
  }
  const instances = cluster.list('VirtualMachineInstance').filter(({ metadata }) => metadata.namespace?.startsWith('team-'));
  for (let number = 0; number < pods; number += 1) {
    failedLauncher(cluster, turn(instances, number), { node: turn(nodes, number), at: minutesAgo(cluster, OLD * 60 + (number % 60)), end: { compute: { exitCode: 1, reason: 'Error' } } });
  }
  return world;
}
