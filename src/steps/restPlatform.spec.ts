import { type Series } from '../engine/source';
import { absent, evidence, unread } from '../testing/evidence';
import { metadata, podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { restApiServer } from './restApiServer';
import { restCalls } from './restCalls';
import { restFlow } from './restFlow';
import { restLimiter } from './restLimiter';
import { restLog } from './restLog';
import { restPods } from './restPods';
import { burstOf } from './restReadings';
import { restScraped } from './restScraped';
import { restWebhook } from './restWebhook';
import { virtApi } from './workloads';

const calls = burstOf(virtApi);
const operator = (name: string, available: string, degraded: string) => evidence([{
  metadata: metadata(name), status: { conditions: [{ type: 'Available', status: available, message: 'no member answers' }, { type: 'Degraded', status: degraded, message: '1 of 3 members is slow' }] },
}]);
const well = operator('kube-apiserver', 'True', 'False');

testStep(restApiServer, {
  'both are well': { given: { apiServer: well, etcd: operator('etcd', 'True', 'False') }, finds: ['pass', 'well'] },
  'etcd is degraded': { given: { apiServer: well, etcd: operator('etcd', 'True', 'True') }, finds: ['warn', 'degraded'], says: '1 of 3 members is slow' },
  'etcd is not available': { given: { apiServer: well, etcd: operator('etcd', 'False', 'True') }, finds: ['fail', 'unavailable'], says: 'no member answers' },
  'this is no OpenShift': { given: { apiServer: absent(), etcd: absent() }, finds: ['info', 'notOpenShift'] },
});

const flow = (schema: string, rate: number): Series => ({ labels: { flow_schema: schema, priority_level: 'workload-low', reason: 'queue-full' }, points: [[0, rate]] });
const served = evidence<Series>([{ labels: {}, points: [[0, 300]] }]);

testStep(restFlow, {
  'nobody is turned away': { given: { rejected: evidence<Series>(), served }, finds: ['pass', 'none'] },
  'accounts of services are turned away most': { given: { rejected: evidence([flow('global-default', 1), flow('service-accounts', 8)]), served }, finds: ['fail', 'rejects'], says: 'service-accounts', out: { schema: 'service-accounts', level: 'workload-low' } },
  'the API server is not scraped': { given: { rejected: evidence<Series>(), served: evidence<Series>() }, finds: ['info', 'noSeries'] },
});

const wait = (seconds: number) => ({ wait: evidence<Series>([{ labels: {}, points: [[0, seconds]] }]) });

testStep(restLimiter(calls), {
  'calls go at once': { given: wait(0.001), finds: ['pass', 'quick'] },
  'calls wait': { given: wait(0.51), finds: ['warn', 'slow'] },
  'no call is made': { given: wait(Number.NaN), finds: ['info', 'noSeries'] },
  'nothing is measured': { given: { wait: evidence<Series>() }, finds: ['info', 'noSeries'] },
});

const up = (...pods: readonly string[]) => evidence(pods.map((pod): Series => ({ labels: { pod }, points: [[0, 1]] })));
const pods = evidence([podOf('a'), podOf('b')]);

testStep(restScraped(virtApi), {
  'both are scraped': { given: { up: up('a', 'b'), pods }, finds: ['pass', 'all'] },
  'one is not': { given: { up: up('a'), pods }, finds: ['warn', 'some'], says: 'b' },
  'none is': { given: { up: up(), pods }, finds: ['warn', 'none'] },
  'none is ready': { given: { up: up(), pods: evidence() }, finds: ['unknown', 'noPods'] },
  'Prometheus may not be asked': { given: { up: unread('up'), pods }, finds: ['unknown', 'unread'] },
});

const backends = [{ namespace: 'guard', service: 'policy', selector: '' }];
const slice = (ready: boolean) => evidence([{ metadata: metadata('policy-x'), endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready } }] }]);

testStep(restWebhook(restLog(calls, restPods(calls, restCalls(calls)))), {
  'no log names one': { given: { endpoints: evidence() }, inputs: { backends: [] }, finds: ['notApplicable', 'notNeeded'] },
  'nothing is behind it': { given: { endpoints: evidence() }, inputs: { backends }, finds: ['fail', 'noBackend'], out: { service: 'policy', namespace: 'guard' } },
  'what is behind it is not ready': { given: { endpoints: slice(false) }, inputs: { backends }, finds: ['fail', 'noBackend'] },
  'it is there and fails all the same': { given: { endpoints: slice(true) }, inputs: { backends }, finds: ['warn', 'hasBackend'] },
});
