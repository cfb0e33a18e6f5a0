import { testRunbook } from '../../testing/testRunbook';
import { commonRows, exporterRow, ofScenario, someKeptFromRunningRows, unscrapedRow, zeroRow } from '../testing-deployments';
import { noReadyVirtController } from './NoReadyVirtController';

const COMPONENT = 'virt-controller';

testRunbook(noReadyVirtController, {
  'a patch gives it a flag that it does not know': ofScenario(COMPONENT, 'controller-crash-loop', { finds: { crashes: 'exited' } }),
  ...zeroRow(COMPONENT, 'causeFound'),
  ...someKeptFromRunningRows(COMPONENT, 'causeFound'),
  ...exporterRow(COMPONENT, 'causeFound'),
  ...unscrapedRow(COMPONENT, 'causeFound'),
  ...commonRows(COMPONENT),
});
