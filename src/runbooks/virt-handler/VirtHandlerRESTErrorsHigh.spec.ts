import { quietRow, restRows } from '../../testing/restRows';
import { fillFlow } from '../../testing/scenarios/restErrors';
import { testRunbook } from '../../testing/testRunbook';
import { virtHandlerRESTErrorsHigh } from './VirtHandlerRESTErrorsHigh';

const row = restRows('virt-handler');

testRunbook(virtHandlerRESTErrorsHigh, {
  'the flow that all virt-handlers share is full': row(fillFlow, { cause: 'throttled', answer: 'causeFound', finds: { 'rest-codes': 'throttled', 'rest-flow': 'rejects' }, offers: ['ease-load'] }),
  'nothing is wrong': quietRow('virt-handler'),
});
