import { evidence, unread } from '../testing/evidence';
import { podOf } from '../testing/samples';
import { testStep } from '../testing/testStep';
import { ruleSees } from './ruleSees';
import { virtOperator } from './workloads';

const is = (value?: number) => evidence(value === undefined ? [] : [{ labels: {}, points: [[0, value] as const] }]);
const running = evidence([podOf('a'), podOf('b')]);
const seen = { counted: is(), phases: is(400), exporter: is(1), up: is(), pods: evidence() };

testStep(ruleSees(virtOperator), {
  'none runs and the rule says so': { given: seen, finds: ['info', 'noneRunning'] },
  'two run and the rule says so': { given: { ...seen, counted: is(2), up: is(2), pods: running }, finds: ['pass', 'counted'] },
  'they run again and the rule has not noticed': { given: { ...seen, up: is(2), pods: running }, finds: ['info', 'behind'] },
  'the exporter is gone': { given: { ...seen, phases: is(), exporter: is(), up: is(2), pods: running }, finds: ['fail', 'seriesMissing'], says: 'or its scrape is gone' },
  'the exporter does not report these pods': { given: { ...seen, phases: is(), exporter: is(1), up: is(2), pods: running }, finds: ['fail', 'seriesMissing'], says: 'is scraped' },
  'the exporter is gone and nothing runs': { given: { ...seen, phases: is(), exporter: is() }, finds: ['warn', 'blind'] },
  'they run and their own metrics are out of reach': { given: { ...seen, counted: is(2), up: is(0), pods: running }, finds: ['warn', 'notScraped'] },
  'Prometheus answers nothing fresh': { given: { ...seen, counted: unread('counted', 'stale') }, finds: ['unknown', 'noAnswer'] },
});
