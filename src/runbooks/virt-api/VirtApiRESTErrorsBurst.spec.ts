import { quietRow, restRow } from '../../testing/restRow';
import { askForMissing, slowEtcd } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { nobody } from '../../testing/users';
import { virtApiRESTErrorsBurst } from './VirtApiRESTErrorsBurst';

testRunbook(virtApiRESTErrorsBurst, {
  'etcd is slow': restRow((cluster) => slowEtcd(cluster, 'virt-api'), {
    cause: 'api-server-failing', answer: 'causeFound', finds: { 'rest-codes': 'serverError', 'rest-api-server': 'degraded', 'rest-log': 'serverError', 'rest-webhook': 'notNeeded' },
    offers: ['mend-api-server', 'revive-webhook'],
  }),
  'a script asks for VMs that do not run': restRow(askForMissing(2), {
    cause: 'not-found', answer: 'causeFound', finds: { 'rest-codes': 'notFound', 'rest-calls': 'one', 'desired-replicas': 'wanted' }, offers: ['find-asker'],
  }),
  'in a quiet night a handful of answers is most': restRow(askForMissing(0.06), { cause: 'few-calls', answer: 'causeFound', finds: { 'rest-ratio': 'chance', 'rest-codes': 'few' } }),
  'an older release counts under another name': restRow(askForMissing(2), { cause: 'not-found', answer: 'causeFound', form: 'plain' }),
  'nobody may look': restRow(askForMissing(2), { user: nobody, cause: null, offers: [], answer: 'couldNotTell' }),
  'nothing is wrong': quietRow(),
});
