import { testRunbook } from '../../testing/testRunbook';
import { commonRows, exporterRow, keepsEndingRows, keptFromRunningRows, ofScenario, zeroRow } from '../testing-deployments';
import { virtControllerDown } from './VirtControllerDown';

const COMPONENT = 'virt-controller';

testRunbook(virtControllerDown, {
  'it was deleted and virt-operator cannot make it again': ofScenario(COMPONENT, 'controller-deleted', {
    finds: { 'desired-replicas': 'absent', 'owner-at-work': 'down' }, offers: ['open-virt-operator-down', 'read-operator-log'],
  }),
  ...zeroRow(COMPONENT, 'causeFound'),
  ...keptFromRunningRows(COMPONENT, 'causeFound'),
  ...keepsEndingRows(COMPONENT, 'all', 'problemFound'),
  ...exporterRow(COMPONENT, 'causeFound'),
  ...commonRows(COMPONENT),
});
