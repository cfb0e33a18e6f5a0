import { quietRow, restRow } from '../../testing/restRow';
import { takeOwnRight } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { virtOperatorRESTErrorsHigh } from './VirtOperatorRESTErrorsHigh';

testRunbook(virtOperatorRESTErrorsHigh, {
  'its right on leases is gone': restRow((cluster) => takeOwnRight(cluster, 'leases'), { cause: 'right-missing', answer: 'causeFound', finds: { 'rest-rights': 'missing' }, offers: ['see-operator-roles', 'restore-right'] }),
  'nothing is wrong': quietRow(),
});
