import { evidence, unread } from '../testing/evidence';
import { testStep } from '../testing/testStep';
import { exporterReports } from './exporterReports';

const is = (value?: number) => evidence(value === undefined ? [] : [{ labels: {}, points: [[0, value] as const] }]);

testStep(exporterReports, {
  'it does': { given: { pods: is(40), up: is(1) }, finds: ['pass', 'reports'], says: '40' },
  'it is gone': { given: { pods: is(), up: is() }, finds: ['fail', 'gone'] },
  'it is scraped and reports nothing here': { given: { pods: is(), up: is(1) }, finds: ['fail', 'silent'] },
  'Prometheus does not answer': { given: { pods: unread('pods'), up: unread('up') }, finds: ['unknown', 'noAnswer'] },
});
