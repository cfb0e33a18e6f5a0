import { quietRow, restRow } from '../../testing/restRow';
import { type Cluster } from '../../testing/cluster';
import { testRunbook } from '../../testing/testRunbook';
import { virtControllerRESTErrorsHigh } from './VirtControllerRESTErrorsHigh';

testRunbook(virtControllerRESTErrorsHigh, {
  'one write in six meets a second writer': restRow((cluster: Cluster) => {
    cluster.calls.faults.push({ component: 'virt-controller', verb: 'PATCH', resource: 'virtualmachines', code: '409', words: 'Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version and try again', perSecond: 0.2 });
  }, { cause: 'conflicting-writer', answer: 'causeFound', finds: { 'rest-ratio': 'above', 'rest-codes': 'conflict', 'rest-pods': 'onlyOne' }, offers: ['find-writer'] }),
  'nothing is wrong': quietRow(),
});
