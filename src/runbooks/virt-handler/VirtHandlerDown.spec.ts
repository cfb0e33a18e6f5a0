import { breakAdmission, limit, taint } from '../../testing/faults';
import { healthyCluster } from '../../testing/healthy';
import { crashHandlers, replaceHandlers } from '../../testing/scenarios/handlers';
import { workers } from '../../testing/scenarios/launchers';
import { testRunbook } from '../../testing/testRunbook';
import { nobody } from '../../testing/users';
import { virtHandlerDown } from './VirtHandlerDown';
import { counting, suffering, worldOf } from './testing-handlers';

const none = counting({ running: 0 });

testRunbook(virtHandlerDown, {
  'its DaemonSet is gone and virt-operator is down': {
    given: worldOf('handler-daemonset-absent'), metrics: none, finds: { 'daemon-set': 'absent', 'owner-at-work': 'down', 'pods-running': 'noPods', 'pods-created': 'noDeployment', rollout: 'absent', 'handler-nodes': 'handlerMissing' },
    cause: 'daemon-set-absent', offers: ['open-virt-operator-down', 'read-operator-log'], answer: 'causeFound',
  },
  'its placement fits no node': {
    given: worldOf('handler-placed-nowhere'), metrics: none, finds: { 'daemon-set': 'excludedByLabels', 'workload-placement': 'noNode', 'handler-nodes': 'excluded' },
    cause: 'left-out-by-placement', offers: ['correct-placement'], answer: 'causeFound',
  },
  'every worker is tainted': {
    given: suffering((cluster) => {
      const nodes = workers(cluster);
      taint(cluster, nodes, { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' });
      replaceHandlers(cluster, nodes);
    }),
    metrics: none, finds: { 'daemon-set': 'excludedByTaints', 'handler-nodes': 'tainted' }, cause: 'kept-off-by-taint', offers: ['admit-virt-handler'],
  },
  'its image cannot be pulled': {
    given: worldOf('handler-image-pull'), metrics: none, finds: { 'pods-running': 'imagePull', 'registry-answer': 'unauthorized', 'handler-nodes': 'handlerIll' }, cause: 'image-pull', offers: ['correct-pull-secret', 'pull-by-hand'],
  },
  'its priority class is gone': {
    given: suffering((cluster) => {
      cluster.remove('PriorityClass', undefined, 'kubevirt-cluster-critical');
      replaceHandlers(cluster, workers(cluster));
    }),
    metrics: none, finds: { 'pods-created': 'priorityClass' }, cause: 'creation-rejected-priority-class', offers: ['create-priority-class'],
  },
  'a quota is used up': {
    given: suffering((cluster) => {
      replaceHandlers(cluster, workers(cluster));
      limit(cluster, 'team-quota', { pods: '1' });
    }),
    metrics: none, finds: { 'pods-created': 'quota' }, cause: 'creation-rejected-quota', offers: ['lift-quota'],
  },
  'an admission webhook does not answer': {
    given: suffering((cluster) => {
      breakAdmission(cluster, 'policy.guard.example.com', { namespace: 'policy-guard', name: 'policy-guard', path: '/validate' });
      replaceHandlers(cluster, workers(cluster));
    }),
    metrics: none, finds: { 'pods-created': 'webhookDown' }, cause: 'creation-rejected-webhook', offers: ['repair-webhook'],
  },
  'kube-state-metrics is gone': {
    given: () => healthyCluster(), metrics: [], finds: { 'rule-sees': 'seriesMissing', 'exporter-reports': 'gone' }, cause: 'series-missing', offers: ['repair-kube-state-metrics', 'see-targets'], answer: 'causeFound',
  },
  'its pods crash, which does not raise this rule': {
    given: suffering((cluster) => crashHandlers(cluster, workers(cluster), { exitCode: 2, reason: 'Error', lines: ['panic: runtime error: index out of range'] })), metrics: counting({ running: 3, up: 0 }),
    finds: { crashes: 'panic' }, cause: 'crash-loop', answer: 'problemFound',
  },
  'they came back by themselves': {
    given: () => healthyCluster(), metrics: counting({}), finds: { 'daemon-set': 'wanted', 'handler-nodes': 'allReady', 'nodes-healthy': 'healthy', 'rule-sees': 'counted' }, cause: null, offers: [], answer: 'nothingFoundFiring',
  },
  'nothing is wrong and nothing fires': { given: () => healthyCluster(), metrics: counting({}), firing: false, cause: null, offers: [], answer: 'nothingFoundNotFiring' },
  'nobody may look': { given: worldOf('handler-daemonset-absent'), user: nobody, cause: null, offers: [], answer: 'couldNotTell' },
});
