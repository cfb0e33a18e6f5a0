import { INSTALL_NAMESPACE } from '../../testing/builders/names';
import { quietRow, restRow } from '../../testing/restRow';
import { remakeAccount, takeOwnRight } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { virtOperatorRESTErrorsBurst } from './VirtOperatorRESTErrorsBurst';

testRunbook(virtOperatorRESTErrorsBurst, {
  'its right on leases is gone': restRow((cluster) => takeOwnRight(cluster, 'leases'), {
    cause: 'right-missing', answer: 'causeFound', finds: { 'rest-ratio': 'above', 'rest-codes': 'forbidden', 'rest-calls': 'one', 'rest-rights': 'missing', 'rest-bindings': 'bound', 'rest-account': 'same' },
    offers: ['see-operator-roles', 'restore-right'],
  }),
  'its account was made again': restRow((cluster) => remakeAccount(cluster, 'kubevirt-operator'), {
    cause: 'not-logged-in', answer: 'causeFound', finds: { 'rest-codes': 'unauthorized', 'rest-account': 'newer' }, offers: ['renew-tokens', 'see-account'],
  }),
  'its account is gone': restRow((cluster) => {
    cluster.remove('ServiceAccount', INSTALL_NAMESPACE, 'kubevirt-operator');
  }, { cause: 'not-logged-in', answer: 'causeFound', finds: { 'rest-account': 'gone' } }),
  'nothing is wrong': quietRow(),
});
