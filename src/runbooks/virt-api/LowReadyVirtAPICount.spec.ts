import { testRunbook } from '../../testing/testRunbook';
import { commonRows, ofScenario, someKeptFromRunningRows, unscrapedRow } from '../testing-deployments';
import { lowReadyVirtAPICount } from './LowReadyVirtAPICount';

const COMPONENT = 'virt-api';

testRunbook(lowReadyVirtAPICount, {
  'a rollout stopped at its first pod': ofScenario(COMPONENT, 'api-one-crashes', { finds: { crashes: 'exited', rollout: 'stuck' }, offers: ['await-rollout', 'delete-operator-pod', 'read-last-words'] }),
  ...someKeptFromRunningRows(COMPONENT, 'problemFound'),
  ...unscrapedRow(COMPONENT, 'causeFound'),
  ...commonRows(COMPONENT),
});
