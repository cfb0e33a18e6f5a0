import { quietRow, restRow } from '../../testing/restRow';
import { fillFlow } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { virtHandlerRESTErrorsHigh } from './VirtHandlerRESTErrorsHigh';

testRunbook(virtHandlerRESTErrorsHigh, {
  'the flow that all virt-handlers share is full': restRow(fillFlow, { cause: 'throttled', answer: 'causeFound', finds: { 'rest-codes': 'throttled', 'rest-flow': 'rejects' }, offers: ['ease-load'] }),
  'nothing is wrong': quietRow(),
});
