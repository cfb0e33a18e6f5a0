import { quietRow, restRows } from '../../testing/restRows';
import { takeOwnRight } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { virtOperatorRESTErrorsHigh } from './VirtOperatorRESTErrorsHigh';

const row = restRows('virt-operator');

testRunbook(virtOperatorRESTErrorsHigh, {
  'its right on leases is gone': row((cluster) => takeOwnRight(cluster, 'leases'), { cause: 'right-missing', answer: 'causeFound', finds: { 'rest-rights': 'missing' }, offers: ['see-operator-roles', 'restore-right'] }),
  'nothing is wrong': quietRow('virt-operator'),
});
