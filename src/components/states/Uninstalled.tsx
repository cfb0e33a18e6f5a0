import { type FC } from 'react';
import { useWords } from '../../console/text';
import { Notice } from '../page/Notice';

/** Virtualization is not installed: what fires all the same was left behind. */
export const Uninstalled: FC = () => {
  const t = useWords();
  return (
    <Notice isInline variant="warning" component="h2" title={t('Virtualization is not installed')}>
      {t('The cluster does not serve the API of KubeVirt. Alerts that fire all the same come from rules that were left behind.')}
    </Notice>
  );
};
