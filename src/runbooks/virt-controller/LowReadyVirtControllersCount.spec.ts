import { testRunbook } from '../../testing/testRunbook';
import { commonRows, ofScenario, someKeptFromRunningRows, unscrapedRow } from '../testing-deployments';
import { lowReadyVirtControllersCount } from './LowReadyVirtControllersCount';

const COMPONENT = 'virt-controller';

testRunbook(lowReadyVirtControllersCount, {
  'a rollout stopped at a pod without memory': ofScenario(COMPONENT, 'controller-out-of-memory', { finds: { crashes: 'outOfMemory', rollout: 'stuck' } }),
  ...someKeptFromRunningRows(COMPONENT, 'problemFound'),
  ...unscrapedRow(COMPONENT, 'causeFound'),
  ...commonRows(COMPONENT),
});
