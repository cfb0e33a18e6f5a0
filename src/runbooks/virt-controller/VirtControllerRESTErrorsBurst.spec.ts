import { INSTALL_NAMESPACE } from '../../testing/builders/names';
import { plain } from '../../testing/builders/platform';
import { type Cluster } from '../../testing/cluster';
import { type Metrics } from '../../testing/door';
import { kindInfo } from '../../testing/kinds';
import { quietRow, restRow } from '../../testing/restRow';
import { writeToo } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { virtControllerRESTErrorsBurst } from './VirtControllerRESTErrorsBurst';

/** virt-controller loses what it may do with VM instances, and tries it all the more. */
const demote = (cluster: Cluster): void => {
  cluster.update('ClusterRole', undefined, 'kubevirt-controller', (draft) => {
    for (const rule of draft.rules) rule.resources = rule.resources.filter((resource) => resource !== 'virtualmachineinstances');
  });
  cluster.calls.faults.push({ component: 'virt-controller', verb: 'UPDATE', resource: 'virtualmachineinstances', perSecond: 9 });
};

/** Somebody forbids virt-controller to call anybody. */
const cutOff = (cluster: Cluster): void => {
  cluster.create(plain(kindInfo('NetworkPolicy'), { name: 'deny-egress', namespace: INSTALL_NAMESPACE }, {
    spec: { podSelector: { matchLabels: { 'kubevirt.io': 'virt-controller' } }, policyTypes: ['Egress'], egress: [] },
  }));
};

const waiting = (metrics: Metrics): Metrics => [[/^histogram_quantile/, 2.4], ...metrics];
const unheard = (metrics: Metrics): Metrics => [[/^up\{/, 'none'], [/rest_client_requests_total/, 'none'], ...metrics];

testRunbook(virtControllerRESTErrorsBurst, {
  'a second program writes the same objects': restRow(writeToo, {
    cause: 'conflicting-writer', answer: 'causeFound', finds: { 'rest-codes': 'conflict', 'rest-pods': 'onlyOne', 'rest-log': 'conflict' }, offers: ['find-writer'],
  }),
  'its cluster role lost VM instances': restRow(demote, {
    cause: 'right-missing', answer: 'causeFound', finds: { 'rest-rights': 'missing', 'rest-log': 'forbidden' }, offers: ['open-no-leading-operator', 'restore-right'],
  }),
  'a NetworkPolicy cuts it off, which the rule does not count': restRow(cutOff, { cause: 'cut-off', answer: 'problemFound', finds: { 'rest-silence': 'allPods' }, offers: ['check-api-path'] }),
  'it holds its own calls back': restRow(() => undefined, { cause: 'own-limit', answer: 'problemFound', finds: { 'rest-limiter': 'slow' }, offers: ['raise-limit'] }, waiting),
  'nothing is scraped': restRow(() => undefined, { cause: 'not-scraped', finds: { 'rest-ratio': 'noSeries', 'rest-scraped': 'none' }, offers: ['see-targets'] }, unheard),
  'nothing is wrong': quietRow(),
});
