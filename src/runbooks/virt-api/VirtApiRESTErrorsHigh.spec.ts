import { quietRow, restRow } from '../../testing/restRow';
import { askForMissing } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { virtApiRESTErrorsHigh } from './VirtApiRESTErrorsHigh';

testRunbook(virtApiRESTErrorsHigh, {
  'a script asks for VMs that do not run': restRow(askForMissing(2), { cause: 'not-found', answer: 'causeFound', finds: { 'rest-ratio': 'above', 'rest-codes': 'notFound' }, offers: ['find-asker'] }),
  'nothing is wrong': quietRow(),
});
