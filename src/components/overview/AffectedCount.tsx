import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type Observation, type Series } from '../../engine';
import { numberText } from '../../engine/format';

interface AffectedCountProps {
  /** VMs that firing alerts name. */
  readonly named: number;
  /** What was read of the number of running VMs; undefined while it is being read. */
  readonly seen: Observation | undefined;
}

const numberIn = (seen: Observation): number | undefined => {
  const [series] = seen.state === 'ok' ? (seen.items as readonly Series[]) : [];
  const value = series?.points[0]?.[1];
  return value !== undefined && Number.isFinite(value) ? value : undefined;
};

/** How many VMs alerts name, of how many that run. What could not be counted is not known; it is never 0. */
export const AffectedCount: FC<AffectedCountProps> = ({ named, seen }) => {
  const t = useWords();
  const language = useLanguage();
  const affected = numberText(named, language);
  if (!seen) return <>{t('VMs affected, as alerts name them: {{affected}}', { affected })}</>;
  const count = numberIn(seen);
  if (count === undefined) return <>{t('VMs affected, as alerts name them: {{affected}} of an unknown number', { affected })}</>;
  const running = numberText(count, language);
  // Alerts also name VMs that have stopped.
  if (named > count) return <>{t('VMs affected, as alerts name them: {{affected}}; running: {{running}}', { affected, running })}</>;
  return seen.state === 'ok' && seen.complete
    ? <>{t('VMs affected, as alerts name them: {{affected}} of {{running}} running', { affected, running })}</>
    : <>{t('VMs affected, as alerts name them: {{affected}} of {{running}} running that you may see', { affected, running })}</>;
};
