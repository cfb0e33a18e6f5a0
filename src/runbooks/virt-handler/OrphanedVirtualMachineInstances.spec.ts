import { fillNodes, limit, podsOf } from '../../testing/faults';
import { healthyCluster } from '../../testing/healthy';
import { NO_WATCHES, crashHandlers, cutHandlersOff, replaceHandlers } from '../../testing/scenarios/handlers';
import { workers } from '../../testing/scenarios/launchers';
import { testRunbook } from '../../testing/testRunbook';
import { nobody } from '../../testing/users';
import { orphanedVirtualMachineInstances } from './OrphanedVirtualMachineInstances';
import { rollingOut, suffering, worldOf } from './testing-handlers';

const [first] = workers(healthyCluster());
const labels = { node: first?.metadata.name ?? '' };

testRunbook(orphanedVirtualMachineInstances, {
  'its node does not report': {
    given: worldOf('handler-node-down'), labels, finds: { 'launchers-here': 'active', 'guests-here': 'unknown', 'node-here': 'silent', 'handler-here': 'nodeDown' },
    cause: 'nodes-down', offers: ['recover-node', 'fence-node'], answer: 'causeFound',
  },
  'its node was deleted': {
    given: suffering((cluster) => cluster.remove('Node', undefined, labels.node)), labels, finds: { 'node-here': 'gone', 'guests-here': 'unknown', 'handler-here': 'nodeDown' }, cause: 'nodes-down', answer: 'causeFound',
  },
  'a taint keeps virt-handler off': {
    given: worldOf('handler-kept-off-by-taint'), labels, finds: { 'handler-here': 'tainted', 'guests-here': 'running', 'node-here': 'ready' }, cause: 'kept-off-by-taint', offers: ['admit-virt-handler'], answer: 'causeFound',
  },
  'the placement leaves it out': {
    given: worldOf('handler-left-out'), labels, finds: { 'handler-here': 'excluded', 'workload-placement': 'someNodes' }, cause: 'left-out-by-placement', offers: ['correct-placement', 'label-node'], answer: 'causeFound',
  },
  'only finished launchers are there': {
    given: worldOf('handler-finished-launchers'), labels, finds: { 'launchers-here': 'onlyFinished', 'guests-here': 'none', 'handler-here': 'notNeeded' }, cause: 'only-finished-launchers', offers: ['delete-finished-launchers'], answer: 'causeFound',
  },
  'its virt-handler has no file watches': {
    given: worldOf('handler-no-file-watches'), labels, finds: { 'handler-here': 'ends', crashes: 'noInotify' }, cause: 'no-file-watches', offers: ['raise-inotify-limits', 'read-virt-handler-log'], answer: 'causeFound',
  },
  'the virt-handler of another node has no file watches': {
    given: suffering((cluster) => {
      crashHandlers(cluster, workers(cluster).slice(1, 2), { exitCode: 2, reason: 'Error', lines: NO_WATCHES });
      fillNodes(cluster, workers(cluster).slice(0, 1), 'cpu', '63');
      replaceHandlers(cluster, workers(cluster).slice(0, 1));
    }),
    labels, finds: { 'handler-here': 'unplaced', crashes: 'notNeeded' }, cause: 'no-room', offers: ['evict-for-virt-handler', 'make-room-for-virt-handler'],
  },
  'its virt-handler is cut off': { given: suffering(cutHandlersOff), labels, finds: { 'handler-here': 'notReady', 'current-logs': 'apiUnreachable', 'probe-answer': 'status' }, cause: 'cut-off', answer: 'causeFound' },
  'the image of virt-handler cannot be pulled': { given: worldOf('handler-image-pull'), labels, finds: { 'handler-here': 'noImage', 'registry-answer': 'unauthorized' }, cause: 'image-pull', answer: 'causeFound' },
  'virt-handler is out of memory': {
    given: suffering((cluster) => crashHandlers(cluster, workers(cluster).slice(0, 1), { exitCode: 137, reason: 'OOMKilled', lines: ['starting'] })), labels, finds: { crashes: 'outOfMemory' }, cause: 'out-of-memory', answer: 'causeFound',
  },
  'a quota refuses its virt-handler': {
    given: suffering((cluster) => {
      replaceHandlers(cluster, workers(cluster).slice(0, 1));
      limit(cluster, 'team-quota', { pods: '1' });
    }),
    labels, finds: { 'handler-here': 'missing', 'pods-created': 'quota' }, cause: 'creation-rejected-quota', answer: 'causeFound',
  },
  'there is no DaemonSet at all': { given: worldOf('handler-daemonset-absent'), labels, finds: { 'handler-here': 'noDaemonSet', 'daemon-set': 'absent' }, cause: 'daemon-set-absent', answer: 'causeFound' },
  'a volume of virt-handler cannot be mounted': {
    given: () => {
      const cluster = healthyCluster();
      const pod = podsOf(cluster, 'virt-handler').find(({ spec }) => spec.nodeName === labels.node);
      cluster.update('Pod', pod?.metadata.namespace, pod?.metadata.name ?? '', ({ status }) => {
        status.phase = 'Pending';
        for (const condition of status.conditions ?? []) if (/Ready$/.test(condition.type)) condition.status = 'False';
        for (const one of status.containerStatuses ?? []) Object.assign(one, { ready: false, state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "kubevirt-virt-handler-certs" not found' } } });
      });
      return cluster;
    },
    labels, finds: { 'handler-here': 'notStarted' }, cause: 'stuck-starting', offers: ['see-virt-handler-events'], answer: 'causeFound',
  },
  'a rollout passed here': { given: rollingOut(5), labels, finds: { rollout: 'rolling', 'handler-here': 'ready' }, cause: 'rollout-running', answer: 'nothingFoundFiring' },
  'it is well again': { given: () => healthyCluster(), labels, finds: { 'handler-here': 'ready' }, cause: null, offers: [], answer: 'nothingFoundFiring' },
  'nothing is wrong and nothing fires': { given: () => healthyCluster(), firing: false, cause: null, offers: [] },
  'nobody may look': { given: worldOf('handler-node-down'), labels, user: nobody, cause: null, offers: [], answer: 'couldNotTell' },
});
