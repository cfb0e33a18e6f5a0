import { TENANTS } from '../../src/testing/builders/names';
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

/** The sandbox's world with that fault, grown to a size after its past was lived through. It stands still. */
export function grownWorld({ vms, failedPods }: Size): World {
  const world = worldOf(scenarioNamed(SCENARIO), new Date());
  const { cluster } = world;
  world.stop();
  // The clock stands, too: who leads is told by leases that nobody renews any more.
  const now = Date.now();
  cluster.clock.follow(() => now);
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
