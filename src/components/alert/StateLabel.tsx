import { Label } from '@patternfly/react-core';
import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type AlertReport } from '../../engine';
import { durationText } from '../../engine/format';
import { useNow } from '../message/Now';

/** How long an alert has been in its state, in words; empty where begin or "now" is not known. */
const useSince = (activeAt: string | undefined): string => {
  const language = useLanguage();
  const now = useNow();
  const began = activeAt === undefined ? NaN : Date.parse(activeAt);
  return now === null || !Number.isFinite(began) ? '' : durationText((now - began) / 1000, language);
};

/** Whether an alert fires, and for how long. What could not be read is neither red nor green. */
export const StateLabel: FC<{ readonly state: AlertReport['state']; readonly activeAt?: string | undefined }> = ({ state, activeAt }) => {
  const t = useWords();
  const duration = useSince(activeAt);
  switch (state) {
    case 'firing': return <Label isCompact status="danger">{duration ? t('Firing for {{duration}}', { duration }) : t('Firing')}</Label>;
    case 'pending': return <Label isCompact status="warning">{duration ? t('Pending for {{duration}}', { duration }) : t('Pending')}</Label>;
    case 'inactive': return <Label isCompact variant="outline" status="success">{t('Not firing')}</Label>;
    case 'gone': return <Label isCompact variant="outline">{t('This instance no longer fires')}</Label>;
    case 'unknown': return <Label isCompact variant="outline">{t('State could not be read')}</Label>;
    default: return state satisfies never;
  }
};
