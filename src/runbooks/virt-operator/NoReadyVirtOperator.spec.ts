import { testRunbook } from '../../testing/testRunbook';
import { commonRows, exporterRow, keepsEndingRows, keptFromRunningRows, ofScenario, zeroRow } from '../testing-deployments';
import { noReadyVirtOperator } from './NoReadyVirtOperator';

const COMPONENT = 'virt-operator';

testRunbook(noReadyVirtOperator, {
  'Prometheus does not reach it': ofScenario(COMPONENT, 'operator-not-scraped', { finds: { 'pod-signals': 'notScraped' }, offers: ['see-targets'] }),
  'it waits for something that it cannot read': ofScenario(COMPONENT, 'leader-stuck-before-election', { cause: 'says-not-ready', finds: { 'pod-signals': 'saysNotReady', 'leader-log': 'cacheNotSynced' } }),
  ...zeroRow(COMPONENT, 'causeFound'),
  ...keptFromRunningRows(COMPONENT, 'causeFound'),
  ...keepsEndingRows(COMPONENT, 'all', 'causeFound'),
  ...exporterRow(COMPONENT, 'causeFound'),
  ...commonRows(COMPONENT),
});
