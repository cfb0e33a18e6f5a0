import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type AlertReport } from '../../engine';
import { listText } from '../../engine/format';
import { visible } from '../../engine/visible';
import { Notice } from '../page/Notice';

interface AddressNoticesProps {
  /** Names in the address that are neither labels nor ours. */
  readonly malformed: readonly string[];
  readonly alert: Pick<AlertReport, 'state' | 'others'>;
}

/** What is wrong with the address of the page: names that no label can have, or an instance that fires no longer. */
export const AddressNotices: FC<AddressNoticesProps> = ({ malformed, alert }) => {
  const t = useWords();
  const language = useLanguage();
  return (
    <>
      {malformed.length > 0 && (
        <Notice isInline variant="info" component="h2" title={t('A part of the address is left out: {{names}}', { names: listText(malformed.slice(0, 5).map((name) => visible(name, 60)), language) })}>
          {t('It is not the name of a label, or it is there twice.')}
        </Notice>
      )}
      {alert.state === 'gone' && (
        <Notice isInline variant="info" component="h2" title={t('The instance in the address no longer fires')}>
          {t('{{count}} other instances of this alert are active; choose one to look into it.', { count: alert.others.length })}
        </Notice>
      )}
    </>
  );
};
