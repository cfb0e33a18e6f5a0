import { testRunbook } from '../../testing/testRunbook';
import { commonRows, exporterRow, keepsEndingRows, keptFromRunningRows, ofScenario } from '../testing-deployments';
import { virtAPIDown } from './VirtAPIDown';

const COMPONENT = 'virt-api';

testRunbook(virtAPIDown, {
  'it stands at 0 and virt-operator cannot undo that': ofScenario(COMPONENT, 'api-scaled-to-zero', {
    finds: { 'desired-replicas': 'scaledToZero', 'owner-at-work': 'down', 'api-available': 'noEndpoints', 'webhooks-block': 'blocks' },
    offers: ['open-virt-operator-down', 'scale-operand', 'read-operator-log'],
  }),
  ...keptFromRunningRows(COMPONENT, 'causeFound'),
  ...keepsEndingRows(COMPONENT, 'all', 'problemFound'),
  ...exporterRow(COMPONENT, 'causeFound'),
  ...commonRows(COMPONENT),
});
