import { PageSection, Skeleton } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';

/** What stands on a page until there is anything to draw: of about the same size. */
export const PageSkeleton: FC = () => {
  const t = useWords();
  return (
    <PageSection hasBodyWrapper={false} aria-busy="true">
      <Skeleton width="40%" fontSize="2xl" screenreaderText={t('Loading')} /><br />
      <Skeleton height="13rem" /><br />
      <Skeleton height="20rem" />
    </PageSection>
  );
};
