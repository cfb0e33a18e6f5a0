import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { repairExporter, seeTargets } from '../mitigations/monitoring';
import { type Workload } from '../sources/workload';
import { type ruleSees } from '../steps/ruleSees';

/** Nothing is down: the series that the rule counts are missing. */
export const seriesMissing = (of: Workload, sees: ReturnType<typeof ruleSees>) => cause({
  id: 'series-missing',
  nature: 'falseAlarm',
  says: msg('False alarm: {{name}} runs, and the metrics of kube-state-metrics are missing.', { name: of.name }),
  confirmedBy: sees.is('seriesMissing'),
  supportedBy: sees.is('blind'),
  mitigations: [repairExporter, seeTargets(of)],
});

/** Nothing is down: Prometheus does not reach the pods' own metrics. Only rules that rest on `up` take that for down. */
export const scrapeFailing = (of: Workload, sees: ReturnType<typeof ruleSees>) => cause({
  id: 'scrape-failing',
  nature: 'falseAlarm',
  says: msg('False alarm: {{name}} runs, and Prometheus does not reach its metrics.', { name: of.name }),
  confirmedBy: sees.is('notScraped'),
  mitigations: [seeTargets(of)],
});
