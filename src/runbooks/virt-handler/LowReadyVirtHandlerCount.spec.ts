import { podsOf } from '../../testing/faults';
import { healthyCluster } from '../../testing/healthy';
import { crashHandlers, hideHandlers } from '../../testing/scenarios/handlers';
import { workers } from '../../testing/scenarios/launchers';
import { testRunbook } from '../../testing/testRunbook';
import { nobody } from '../../testing/users';
import { lowReadyVirtHandlerCount } from './LowReadyVirtHandlerCount';
import { counting, rollingOut, suffering, worldOf } from './testing-handlers';

const pods = podsOf(healthyCluster(), 'virt-handler');
const handlers = pods.map(({ metadata }) => metadata.name);
const [first] = workers(healthyCluster());
/** Those of the other workers: what is not ready may be scraped or not. */
const others = pods.filter(({ spec }) => spec.nodeName !== first?.metadata.name).map(({ metadata }) => metadata.name);

testRunbook(lowReadyVirtHandlerCount, {
  'a worker has no file watches left': {
    given: worldOf('handler-no-file-watches'), metrics: counting({ up: 2, scraped: others }), finds: { 'pods-running': 'crashLoop', crashes: 'noInotify', 'handler-nodes': 'handlerIll' },
    cause: 'no-file-watches', offers: ['raise-inotify-limits', 'read-virt-handler-log'], answer: 'causeFound',
  },
  'a worker is down': {
    given: worldOf('handler-node-down'), metrics: counting({ up: 2, scraped: others }), finds: { 'handler-nodes': 'nodeDown', 'pods-running': 'lost', 'nodes-healthy': 'someDown', 'daemon-set': 'wanted' },
    cause: 'nodes-down', offers: ['recover-node'], answer: 'causeFound',
  },
  'one is killed for want of memory': {
    given: suffering((cluster) => crashHandlers(cluster, workers(cluster).slice(0, 1), { exitCode: 137, reason: 'OOMKilled', lines: ['starting'] })), metrics: counting({ up: 2, scraped: others }), cause: 'out-of-memory', answer: 'causeFound',
  },
  'one panics': {
    given: suffering((cluster) => crashHandlers(cluster, workers(cluster).slice(0, 1), { exitCode: 2, reason: 'Error', lines: ['panic: failed to detect the presence of selinux'] })), metrics: counting({ up: 2, scraped: others }), cause: 'crash-loop', answer: 'causeFound',
  },
  'one is ready and not scraped': {
    given: suffering((cluster) => hideHandlers(cluster, workers(cluster).slice(0, 1))), metrics: counting({ up: 2, scraped: others }), finds: { 'pod-signals': 'someNotScraped' }, cause: 'ready-not-scraped', offers: ['see-targets'], answer: 'causeFound',
  },
  'a rollout moves': { given: rollingOut(5), metrics: counting({ scraped: handlers }), finds: { rollout: 'rolling' }, cause: 'rollout-running', offers: ['await-rollout'] },
  'one waits for its image, which does not raise this rule': { given: worldOf('handler-rollout-stuck'), metrics: counting({ running: 2, scraped: handlers }), finds: { 'pods-running': 'imagePull', rollout: 'stuck' }, cause: 'image-pull', answer: 'problemFound' },
  'one waits for room, which does not raise this rule': { given: worldOf('handler-no-room'), metrics: counting({ running: 2, scraped: others }), finds: { placement: 'cpu' }, cause: 'no-room', answer: 'problemFound' },
  'it is well again': { given: () => healthyCluster(), metrics: counting({ scraped: handlers }), finds: { 'pod-signals': 'agree', rollout: 'done' }, cause: null, offers: [], answer: 'nothingFoundFiring' },
  'nothing is wrong and nothing fires': { given: () => healthyCluster(), metrics: counting({ scraped: handlers }), firing: false, cause: null, offers: [], answer: 'nothingFoundNotFiring' },
  'nobody may look': { given: worldOf('handler-node-down'), user: nobody, cause: null, offers: [], answer: 'couldNotTell' },
});
