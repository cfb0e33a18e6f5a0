import { testRunbook } from '../../testing/testRunbook';
import { commonRows, exporterRow, keepsEndingRows, ofScenario, someKeptFromRunningRows } from '../testing-deployments';
import { lowReadyVirtOperatorsCount } from './LowReadyVirtOperatorsCount';

const COMPONENT = 'virt-operator';

testRunbook(lowReadyVirtOperatorsCount, {
  'one pod is no scrape target': ofScenario(COMPONENT, 'operator-one-not-scraped', { finds: { 'pod-signals': 'someNotScraped' }, offers: ['see-targets'] }),
  ...someKeptFromRunningRows(COMPONENT, 'problemFound'),
  ...keepsEndingRows(COMPONENT, 'one', 'causeFound'),
  ...exporterRow(COMPONENT, 'causeFound', 'old'),
  ...commonRows(COMPONENT),
});
