import { testRunbook } from '../../testing/testRunbook';
import { commonRows, exporterRow, keepsEndingRows, ofScenario, someKeptFromRunningRows, unscrapedRow, zeroRow } from '../testing-deployments';
import { noReadyVirtAPI } from './NoReadyVirtAPI';

const COMPONENT = 'virt-api';

testRunbook(noReadyVirtAPI, {
  'a NetworkPolicy keeps it from the API server': ofScenario(COMPONENT, 'api-cut-off', {
    finds: { 'pods-running': 'notReady', 'probe-answer': 'status', 'api-available': 'noEndpoints', 'webhooks-block': 'blocks', 'pod-signals': 'noReadyPod' },
    offers: ['delete-operator-pod', 'read-last-words', 'check-api-path'],
  }),
  ...zeroRow(COMPONENT, 'causeFound'),
  ...someKeptFromRunningRows(COMPONENT, 'causeFound'),
  ...keepsEndingRows(COMPONENT, 'all', 'causeFound'),
  ...exporterRow(COMPONENT, 'causeFound'),
  ...unscrapedRow(COMPONENT, 'causeFound'),
  ...commonRows(COMPONENT),
});
