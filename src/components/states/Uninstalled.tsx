import { type FC } from 'react';
import { INSTALL_VIRTUALIZATION } from '../../console/places';
import { useWords } from '../../console/text';
import { LinkButton } from '../page/LinkButton';
import { Notice } from '../page/Notice';

/** Virtualization is not installed: what fires all the same was left behind. */
export const Uninstalled: FC = () => {
  const t = useWords();
  return (
    <Notice
      isInline variant="warning" component="h2" title={t('Virtualization is not installed')}
      actionLinks={<LinkButton variant="link" isInline href={INSTALL_VIRTUALIZATION}>{t('Find it in the Software Catalog')}</LinkButton>}
    >
      {t('The cluster does not serve the API of KubeVirt. Alerts that fire all the same come from rules that were left behind.')}
    </Notice>
  );
};
