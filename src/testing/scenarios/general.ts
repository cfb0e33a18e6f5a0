import { addSecondKubeVirt, scaleDeployment, uninstall } from '../faults';
import { clusterReader, monitoringViewer, namespaceAdmin, nobody } from '../users';
import { scenario } from './define';
import type { Scenario } from './scenario';

const stopOperator: Scenario['apply'] = (cluster) => scaleDeployment(cluster, 'virt-operator', 0);

/** Worlds that are about what can be seen, not about a fault. */
export const general: readonly Scenario[] = [
  scenario({ id: 'healthy', title: 'Nothing is wrong', apply: () => undefined }),
  scenario({ id: 'everything-forbidden', title: 'virt-operator is down, and you may look at nothing', alert: 'VirtOperatorDown', user: nobody, apply: stopOperator }),
  scenario({ id: 'namespace-admin', title: 'virt-operator is down, and you are admin of web-shop alone', alert: 'VirtOperatorDown', user: namespaceAdmin, apply: stopOperator }),
  scenario({ id: 'cluster-reader', title: 'virt-operator is down; you may read everything and change nothing', alert: 'VirtOperatorDown', cause: 'scaled-to-zero', user: clusterReader, apply: stopOperator }),
  scenario({ id: 'metrics-only', title: 'virt-operator is down; you may ask Prometheus and nothing else', alert: 'VirtOperatorDown', user: monitoringViewer, apply: stopOperator }),
  scenario({ id: 'prometheus-down', title: 'virt-operator is down, and so is Prometheus', alert: 'VirtOperatorDown', cause: 'scaled-to-zero', prometheus: 'down', apply: stopOperator }),
  scenario({ id: 'not-installed', title: 'OpenShift Virtualization was uninstalled; its alerting rules were left behind', alert: 'VirtOperatorDown', apply: uninstall }),
  scenario({
    id: 'two-kubevirts',
    title: 'virt-operator is down, and there are two KubeVirt objects',
    alert: 'VirtOperatorDown',
    cause: 'scaled-to-zero',
    apply: (cluster) => {
      addSecondKubeVirt(cluster, 'default');
      stopOperator(cluster);
    },
  }),
];
