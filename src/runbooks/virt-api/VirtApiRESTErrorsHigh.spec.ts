import { quietRow, restRows } from '../../testing/restRows';
import { askForMissing } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { virtApiRESTErrorsHigh } from './VirtApiRESTErrorsHigh';

const row = restRows('virt-api');

testRunbook(virtApiRESTErrorsHigh, {
  'a script asks for VMs that do not run': row(askForMissing(2), { cause: 'not-found', answer: 'causeFound', finds: { 'rest-ratio': 'above', 'rest-codes': 'notFound' }, offers: ['find-asker'] }),
  'nothing is wrong': quietRow('virt-api'),
});
