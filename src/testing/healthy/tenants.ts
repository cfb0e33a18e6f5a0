import { namespaceWithProject } from '../builders/platform';
import { TENANTS } from '../builders/names';
import { running } from '../builders/pod';
import { launcherPod, rootDisk, vm, vmi } from '../builders/vm';
import type { Cluster } from '../cluster';

/** Six machines for each tenant; the names say what they might be for. */
const MACHINES: Readonly<Record<(typeof TENANTS)[number], readonly string[]>> = {
  'build-farm': ['runner-01', 'runner-02', 'runner-03', 'runner-04', 'artifact-cache', 'signing'],
  databases: ['orders-primary', 'orders-replica', 'catalog', 'reporting', 'ledger', 'backup-target'],
  'legacy-erp': ['erp-app', 'erp-db', 'erp-batch', 'fax-gateway', 'license-server', 'terminal'],
  'web-shop': ['frontend-a', 'frontend-b', 'checkout', 'search', 'payments', 'mailer'],
};

/** Gives every tenant its namespace and six running machines, spread over the workers. */
export function moveInTenants(cluster: Cluster): void {
  const workers = cluster.list('Node').filter((node) => node.metadata.labels?.['kubevirt.io/schedulable'] === 'true');
  let number = 0;
  for (const namespace of TENANTS) {
    for (const object of namespaceWithProject(namespace)) cluster.create(object);
    for (const name of MACHINES[namespace]) {
      const node = workers[number % workers.length];
      number += 1;
      if (node) startMachine(cluster, { namespace, name, node: node.metadata.name, podIP: `10.131.${String(number)}.7` });
    }
  }
}

/** A running VM with its instance, its launcher pod and its disk. */
export function startMachine(cluster: Cluster, options: { namespace: string; name: string; node: string; podIP: string }): void {
  const { namespace, name, node, podIP } = options;
  const at = cluster.now();
  const machine = cluster.create(vm({ namespace, name, at }));
  cluster.create(rootDisk(machine, true));
  const instance = cluster.create(vmi(machine, { node, at }));
  const address = cluster.need('Node', undefined, node).status.addresses[0]?.address ?? '';
  const launcher = cluster.create(running(launcherPod(instance, { name: `virt-launcher-${name}-${cluster.random.letters(5)}` }), { at, node: { name: node, address }, podIP }));
  cluster.update('VirtualMachineInstance', namespace, name, (draft) => {
    draft.status['activePods'] = { [launcher.metadata.uid ?? '']: node };
  });
}
