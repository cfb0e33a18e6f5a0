import { DocumentTitle, ListPageHeader } from '@openshift-console/dynamic-plugin-sdk';
import { PageSection } from '@patternfly/react-core';
import type { FC } from 'react';
import { useTranslation } from 'react-i18next';

/** Virtualization → Overview: an empty page so far, which shows that the console loads the plugin. */
const OverviewPage: FC = () => {
  const { t } = useTranslation('plugin__virt-runbooks-plugin');
  return (
    <>
      <DocumentTitle>{t('Virtualization overview')}</DocumentTitle>
      <ListPageHeader title={t('Virtualization overview')} />
      <PageSection>{t('This page is empty so far.')}</PageSection>
    </>
  );
};

export default OverviewPage;
