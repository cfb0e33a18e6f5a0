import { testRunbook } from '../../testing/testRunbook';
import { afterFault, askForOne, commonRows, keepsEndingRows, ofScenario, someKeptFromRunningRows, unscrapedRow } from '../testing-deployments';
import { lowVirtControllersCount } from './LowVirtControllersCount';

const COMPONENT = 'virt-controller';

testRunbook(lowVirtControllersCount, {
  'one pod finds no node': ofScenario(COMPONENT, 'controller-one-tainted', { finds: { placement: 'taint' } }),
  ...someKeptFromRunningRows(COMPONENT, 'causeFound'),
  ...keepsEndingRows(COMPONENT, 'all', 'causeFound'),
  ...unscrapedRow(COMPONENT, 'causeFound'),
  ...commonRows(COMPONENT),
  'it has one pod because that was asked for, and an older rule wants two': afterFault(COMPONENT, 'single', askForOne, { cause: 'low-by-design', form: 'two', finds: { 'desired-replicas': 'single' }, answer: 'causeFound' }),
});
