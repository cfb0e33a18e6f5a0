import { limit, taint } from '../../testing/faults';
import { healthyCluster } from '../../testing/healthy';
import { replaceHandlers } from '../../testing/scenarios/handlers';
import { workers } from '../../testing/scenarios/launchers';
import { testRunbook } from '../../testing/testRunbook';
import { nobody } from '../../testing/users';
import { virtHandlerDaemonSetRolloutFailing } from './VirtHandlerDaemonSetRolloutFailing';
import { rollingOut, suffering, worldOf } from './testing-handlers';

testRunbook(virtHandlerDaemonSetRolloutFailing, {
  'a worker has no room for it': {
    given: worldOf('handler-no-room'), finds: { 'pods-running': 'unschedulable', placement: 'cpu', 'handler-nodes': 'handlerIll' }, cause: 'no-room', offers: ['evict-for-virt-handler', 'make-room-for-virt-handler'], answer: 'causeFound',
  },
  'the registry does not have the new image': {
    given: worldOf('handler-rollout-stuck'), finds: { rollout: 'stuck', 'pods-running': 'imagePull', 'registry-answer': 'notFound' }, cause: 'image-pull', offers: ['correct-pull-secret', 'pull-by-hand'], answer: 'causeFound',
  },
  'a rollout moves': { given: rollingOut(5), finds: { rollout: 'rolling' }, cause: 'rollout-running', offers: ['await-rollout'], answer: 'causeFound' },
  'a worker has no file watches left': { given: worldOf('handler-no-file-watches'), finds: { crashes: 'noInotify' }, cause: 'no-file-watches', answer: 'causeFound' },
  'it is cut off everywhere': { given: worldOf('handler-cut-off'), finds: { 'probe-answer': 'status' }, cause: 'cut-off', answer: 'causeFound' },
  'a quota refuses one pod': {
    given: suffering((cluster) => {
      replaceHandlers(cluster, workers(cluster).slice(0, 1));
      limit(cluster, 'team-quota', { pods: '1' });
    }),
    finds: { 'pods-created': 'quota', 'handler-nodes': 'handlerMissing' }, cause: 'creation-rejected-quota', offers: ['lift-quota'], answer: 'causeFound',
  },
  'a worker is down, which does not raise this rule': { given: worldOf('handler-node-down'), finds: { 'handler-nodes': 'nodeDown', 'daemon-set': 'wanted' }, cause: 'nodes-down', answer: 'problemFound' },
  'a taint keeps it off a node, which does not raise this rule': {
    given: suffering((cluster) => {
      taint(cluster, workers(cluster).slice(0, 1), { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' });
      replaceHandlers(cluster, workers(cluster).slice(0, 1));
    }),
    finds: { 'handler-nodes': 'tainted' }, cause: 'kept-off-by-taint', offers: ['admit-virt-handler'], answer: 'problemFound',
  },
  'its DaemonSet is gone': { given: worldOf('handler-daemonset-absent'), finds: { 'daemon-set': 'absent', rollout: 'absent' }, cause: null, answer: 'problemFound' },
  'nothing is wrong and nothing fires': { given: () => healthyCluster(), firing: false, finds: { 'owner-at-work': 'atWork' }, cause: null, offers: [], answer: 'nothingFoundNotFiring' },
  'it is well again': { given: () => healthyCluster(), cause: null, offers: [], answer: 'nothingFoundFiring' },
  'nobody may look': { given: worldOf('handler-no-room'), user: nobody, cause: null, offers: [], answer: 'couldNotTell' },
});
