import { testRunbook } from '../../testing/testRunbook';
import { commonRows, keepsEndingRows, ofScenario, someKeptFromRunningRows, unscrapedRow, zeroRow } from '../testing-deployments';
import { lowVirtOperatorCount } from './LowVirtOperatorCount';

const COMPONENT = 'virt-operator';

testRunbook(lowVirtOperatorCount, {
  'one pod finds no room': ofScenario(COMPONENT, 'operator-one-unschedulable', { finds: { placement: 'cpu' } }),
  ...someKeptFromRunningRows(COMPONENT, 'causeFound'),
  ...keepsEndingRows(COMPONENT, 'all', 'causeFound'),
  ...unscrapedRow(COMPONENT, 'causeFound'),
  ...commonRows(COMPONENT),
  ...zeroRow(COMPONENT, 'causeFound', 'two'),
});
