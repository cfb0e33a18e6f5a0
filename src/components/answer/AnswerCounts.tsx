import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type Report } from '../../engine';
import { listText } from '../../engine/format';
import { permissionText } from '../../engine/permissionText';

/** The honesty of an answer in one line: how many checks came out how, and what could not be read. */
export const AnswerCounts: FC<{ readonly report: Report }> = ({ report: { counts, steps } }) => {
  const t = useWords();
  const language = useLanguage();
  const lacking = steps.flatMap(({ missing }) => missing.flatMap(({ permission }) => (permission ? [permissionText(permission)] : [])));
  const permissions = listText([...new Set(lacking)].slice(0, 3), language);
  const parts = [
    counts.fail > 0 && t('{{count}} problems', { count: counts.fail }),
    counts.warn > 0 && t('{{count}} warnings', { count: counts.warn }),
    counts.pass > 0 && t('{{count}} fine', { count: counts.pass }),
    counts.info > 0 && t('{{count}} notes', { count: counts.info }),
    counts.unknown > 0 && (permissions === ''
      ? t('{{count}} could not be run', { count: counts.unknown })
      : t('{{count}} could not be run (you may not {{permissions}})', { count: counts.unknown, permissions })),
    counts.notApplicable > 0 && t('{{count}} not needed', { count: counts.notApplicable }),
    counts.waiting > 0 && t('{{count}} under way', { count: counts.waiting }),
  ].filter((part) => part !== false);
  return <>{t('{{count}} checks', { count: counts.steps })}{parts.length > 0 && `: ${parts.join(' · ')}`}</>;
};
