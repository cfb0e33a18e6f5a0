import { INSTALL_NAMESPACE } from '../../testing/builders/names';
import { quietRow, restRows } from '../../testing/restRows';
import { remakeAccount, takeOwnRight } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { virtOperatorRESTErrorsBurst } from './VirtOperatorRESTErrorsBurst';

const row = restRows('virt-operator');

testRunbook(virtOperatorRESTErrorsBurst, {
  'its right on leases is gone': row((cluster) => takeOwnRight(cluster, 'leases'), {
    cause: 'right-missing', answer: 'causeFound', finds: { 'rest-ratio': 'above', 'rest-codes': 'forbidden', 'rest-calls': 'one', 'rest-rights': 'missing', 'rest-bindings': 'bound', 'rest-account': 'same' },
    offers: ['see-operator-roles', 'restore-right'],
  }),
  'its account was made again': row((cluster) => remakeAccount(cluster, 'kubevirt-operator'), {
    cause: 'not-logged-in', answer: 'causeFound', finds: { 'rest-codes': 'unauthorized', 'rest-account': 'newer' }, offers: ['renew-tokens', 'see-account'],
  }),
  'its account is gone': row((cluster) => {
    cluster.remove('ServiceAccount', INSTALL_NAMESPACE, 'kubevirt-operator');
  }, { cause: 'not-logged-in', answer: 'causeFound', finds: { 'rest-account': 'gone' } }),
  'nothing is wrong': quietRow('virt-operator'),
});
