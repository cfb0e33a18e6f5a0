import { testRunbook } from '../../testing/testRunbook';
import { afterFault, askForOne, commonRows, keepsEndingRows, ofScenario, someKeptFromRunningRows, unscrapedRow } from '../testing-deployments';
import { lowVirtAPICount } from './LowVirtAPICount';

const COMPONENT = 'virt-api';

testRunbook(lowVirtAPICount, {
  'one pod cannot pull its image': ofScenario(COMPONENT, 'api-one-without-image', { finds: { 'registry-answer': 'unauthorized', 'pods-running': 'imagePull' } }),
  ...someKeptFromRunningRows(COMPONENT, 'causeFound'),
  ...keepsEndingRows(COMPONENT, 'all', 'causeFound'),
  ...unscrapedRow(COMPONENT, 'causeFound'),
  ...commonRows(COMPONENT),
  'it has one pod because that was asked for, and an older rule wants two': afterFault(COMPONENT, 'single', askForOne, { cause: 'low-by-design', form: 'two', finds: { 'desired-replicas': 'single' }, offers: ['see-infra-replicas'], answer: 'causeFound' }),
});
