import { fillNodes, podsOf, stopKubelets } from '../../testing/faults';
import { healthyCluster } from '../../testing/healthy';
import { NO_WATCHES, crashHandlers, replaceHandlers } from '../../testing/scenarios/handlers';
import { workers } from '../../testing/scenarios/launchers';
import { testRunbook } from '../../testing/testRunbook';
import { nobody } from '../../testing/users';
import { noReadyVirtHandler } from './NoReadyVirtHandler';
import { counting, suffering, worldOf } from './testing-handlers';

const healthy = healthyCluster();
const handlers = podsOf(healthy, 'virt-handler').map(({ metadata }) => metadata.name);

testRunbook(noReadyVirtHandler, {
  'a NetworkPolicy cuts it off': {
    given: worldOf('handler-cut-off'), metrics: counting({}), finds: { 'pods-running': 'notReady', 'probe-answer': 'status', 'current-logs': 'apiUnreachable', 'handler-nodes': 'handlerIll', 'pod-signals': 'noReadyPod' },
    cause: 'cut-off', offers: ['open-way-to-api', 'read-virt-handler-log', 'replace-virt-handler'], answer: 'causeFound',
  },
  'none of its pods is scraped': {
    given: worldOf('handler-not-scraped'), metrics: counting({}), finds: { 'pods-running': 'allRunning', 'handler-nodes': 'allReady', 'pod-signals': 'notScraped' }, cause: 'ready-not-scraped', offers: ['see-targets'], answer: 'causeFound',
  },
  'all workers are down': {
    given: suffering((cluster) => stopKubelets(cluster, workers(cluster))), metrics: counting({}), finds: { 'handler-nodes': 'nodeDown', 'pods-running': 'lost', 'daemon-set': 'nodesDown' }, cause: 'nodes-down', offers: ['recover-node'], answer: 'causeFound',
  },
  'no worker has file watches left': {
    given: suffering((cluster) => crashHandlers(cluster, workers(cluster), { exitCode: 2, reason: 'Error', lines: NO_WATCHES })), metrics: counting({ up: 0 }),
    finds: { 'pods-running': 'crashLoop', crashes: 'noInotify' }, cause: 'no-file-watches', offers: ['raise-inotify-limits', 'read-virt-handler-log'],
  },
  'it is out of memory everywhere': {
    given: suffering((cluster) => crashHandlers(cluster, workers(cluster), { exitCode: 137, reason: 'OOMKilled', lines: ['starting'] })), metrics: counting({ up: 0 }), finds: { crashes: 'outOfMemory' }, cause: 'out-of-memory', offers: ['relieve-memory', 'read-virt-handler-log'],
  },
  'it crashes everywhere for want of a right': {
    given: suffering((cluster) => crashHandlers(cluster, workers(cluster), { exitCode: 1, reason: 'Error', lines: ['nodes "worker-0" is forbidden: User "system:serviceaccount:openshift-cnv:kubevirt-handler" cannot get resource "nodes"'] })),
    metrics: counting({ up: 0 }), finds: { crashes: 'forbidden' }, cause: 'crash-loop', offers: ['read-virt-handler-log'],
  },
  'its image cannot be pulled': { given: worldOf('handler-image-pull'), metrics: counting({ running: 0 }), cause: 'image-pull', answer: 'causeFound' },
  'no worker has room for it': {
    given: suffering((cluster) => {
      const nodes = workers(cluster);
      fillNodes(cluster, nodes, 'cpu', '63');
      replaceHandlers(cluster, nodes);
    }),
    metrics: counting({ running: 0 }), finds: { placement: 'cpu', 'pods-running': 'unschedulable', 'handler-nodes': 'handlerIll' }, cause: 'no-room', offers: ['evict-for-virt-handler', 'make-room-for-virt-handler'],
  },
  'its DaemonSet is gone': { given: worldOf('handler-daemonset-absent'), metrics: counting({ running: 0 }), cause: 'daemon-set-absent' },
  'its placement fits no node': { given: worldOf('handler-placed-nowhere'), metrics: counting({ running: 0 }), cause: 'left-out-by-placement' },
  'kube-state-metrics is gone': { given: () => healthyCluster(), metrics: [[/^up\{namespace=/, handlers.map((pod) => ({ labels: { pod }, points: [[0, 1]] }))], [/ready_status/, handlers.map((pod) => ({ labels: { pod }, points: [[0, 1]] }))]], cause: 'series-missing' },
  'it is well again': {
    given: () => healthy, metrics: counting({ scraped: handlers }), finds: { 'pod-signals': 'agree', 'probe-answer': 'notNeeded', 'exporter-reports': 'reports' }, cause: null, offers: [], answer: 'nothingFoundFiring',
  },
  'nothing is wrong and nothing fires': { given: () => healthyCluster(), metrics: counting({ scraped: handlers }), firing: false, cause: null, offers: [], answer: 'nothingFoundNotFiring' },
  'nobody may look': { given: worldOf('handler-cut-off'), user: nobody, cause: null, offers: [], answer: 'couldNotTell' },
});
