import { type Series } from '../engine/source';
import { evidence } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { restCalls } from './restCalls';
import { burstOf } from './restReadings';
import { virtApi } from './workloads';

const call = (verb: string, resource: string, code: string, rate: number): Series => ({ labels: { verb, resource, code }, points: [[0, rate]] });

testStep(restCalls(burstOf(virtApi)), {
  'nothing fails': { given: { failing: evidence<Series>() }, finds: ['pass', 'none'], out: { verb: undefined, resource: undefined, refused: [] } },
  'one call is most of it': {
    given: { failing: evidence([call('LIST', 'pods', '403', 1), call('GET', 'leases', '403', 9)]) }, finds: ['info', 'one'], says: 'GET leases, answered 403: 90 %',
    out: { verb: 'GET', resource: 'leases', refused: [{ verb: 'GET', resource: 'leases' }, { verb: 'LIST', resource: 'pods' }] },
  },
  'many fail alike': { given: { failing: evidence([call('LIST', 'pods', '500', 1), call('GET', 'nodes', '500', 1), call('WATCH', 'nodes', '500', 1)]) }, finds: ['info', 'several'], out: { refused: [] } },
});
