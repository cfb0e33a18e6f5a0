import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { durationText } from '../../engine/format';
import { Notice } from '../page/Notice';

/** More than this, in seconds, is worth a word: ages computed by other programs on this computer are off by as much. */
const NOTABLE = 5;

/** Says that this computer's clock and the cluster's differ. `skew`: seconds by which this computer is ahead. */
export const ClockNotice: FC<{ readonly skew: number }> = ({ skew }) => {
  const t = useWords();
  const language = useLanguage();
  if (Math.abs(skew) <= NOTABLE) return null;
  const apart = durationText(Math.abs(skew), language);
  return (
    <Notice
      isInline variant="info" component="h2"
      title={skew > 0 ? t('The clock of this computer is {{apart}} ahead of the cluster', { apart }) : t('The clock of this computer is {{apart}} behind the cluster', { apart })}
    >
      {t('Times and ages on this page follow the cluster.')}
    </Notice>
  );
};
