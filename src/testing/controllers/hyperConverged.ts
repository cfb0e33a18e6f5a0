import type { Cluster } from '../cluster';
import { copyOf } from '../structure';

interface Strategy {
  workloadUpdateStrategy?: object;
}

/**
 * HCO, as far as a page changes it: when HyperConverged was changed, its update strategy goes on to KubeVirt (hyperconverged-cluster-operator,
 * controllers/handlers/kubevirt.go). Every other field stays with HyperConverged in the world.
 */
export function carryToOperands(cluster: Cluster): void {
  for (const { metadata, spec, status } of cluster.list('HyperConverged')) {
    const { observedGeneration } = (status ?? {}) as { observedGeneration?: number };
    if (observedGeneration === undefined || observedGeneration === metadata.generation) continue;
    for (const kubevirt of cluster.list('KubeVirt', metadata.namespace)) {
      cluster.update('KubeVirt', metadata.namespace, kubevirt.metadata.name, (draft) => {
        (draft['spec'] as Strategy).workloadUpdateStrategy = copyOf((spec as Strategy).workloadUpdateStrategy ?? {});
      });
    }
    cluster.update('HyperConverged', metadata.namespace, metadata.name, (draft) => {
      (draft['status'] as { observedGeneration?: number | undefined }).observedGeneration = metadata.generation;
    });
  }
}
