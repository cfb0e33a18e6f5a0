import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type AlertReport } from '../../engine';
import { durationText } from '../../engine/format';

/** When a firing alert can be gone at the earliest, or that this is not known. */
export const ClearsWhen: FC<{ readonly alert: AlertReport }> = ({ alert: { clearsAfter } }) => {
  const t = useWords();
  const language = useLanguage();
  return (
    <>
      {clearsAfter === undefined
        ? t('When the alert can clear is not known: its rule could not be read.')
        : t('The alert clears at the earliest {{duration}} after its condition ends.', { duration: durationText(clearsAfter, language) })}
    </>
  );
};
