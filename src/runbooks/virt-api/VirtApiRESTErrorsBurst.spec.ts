import { quietRow, restRows } from '../../testing/restRows';
import { askForMissing, slowEtcd } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { nobody } from '../../testing/users';
import { virtApiRESTErrorsBurst } from './VirtApiRESTErrorsBurst';

const row = restRows('virt-api');

testRunbook(virtApiRESTErrorsBurst, {
  'etcd is slow': row((cluster) => slowEtcd(cluster, 'virt-api'), {
    cause: 'api-server-failing', answer: 'causeFound', finds: { 'rest-codes': 'serverError', 'rest-api-server': 'degraded', 'rest-log': 'serverError', 'rest-webhook': 'notNeeded' },
    offers: ['mend-api-server', 'revive-webhook'],
  }),
  'a script asks for VMs that do not run': row(askForMissing(2), {
    cause: 'not-found', answer: 'causeFound', finds: { 'rest-codes': 'notFound', 'rest-calls': 'one', 'desired-replicas': 'wanted' }, offers: ['find-asker'],
  }),
  'in a quiet night a handful of answers is most': row(askForMissing(0.06), { cause: 'few-calls', answer: 'causeFound', finds: { 'rest-ratio': 'chance', 'rest-codes': 'few' } }),
  'an older release counts under another name': row(askForMissing(2), { cause: 'not-found', answer: 'causeFound', form: 'plain' }),
  'nobody may look': row(askForMissing(2), { user: nobody, cause: null, offers: [], answer: 'couldNotTell' }),
  'nothing is wrong': quietRow('virt-api'),
});
