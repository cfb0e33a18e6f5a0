import type { ListPageHeaderProps } from '@openshift-console/dynamic-plugin-sdk';
import { Button, Content, Flex, FlexItem, PageSection, Title } from '@patternfly/react-core';
import { StarIcon } from '@patternfly/react-icons';
import { useContext, type FC } from 'react';
import { PerspectiveContext } from '../shell/contexts';

/** A page's heading. In the admin perspective it has the console's favourites star, which does nothing here. */
const ListPageHeader: FC<ListPageHeaderProps> = ({ badge, children, helpAlert, helpText, hideFavoriteButton, title }) => {
  const [perspective] = useContext(PerspectiveContext);
  const hasStar = perspective === 'admin' && hideFavoriteButton !== true && Boolean(title);
  if (!title && !children && !badge && !helpAlert && !helpText) return null;
  return (
    <PageSection hasBodyWrapper={false} data-test="page-heading">
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsCenter' }}>
        <Flex>
          {title ? <Title headingLevel="h1">{title}</Title> : null}
          {badge}
        </Flex>
        <Flex>
          {children}
          {hasStar ? (
            <FlexItem>
              <Button variant="plain" icon={<StarIcon />} aria-label="Add to favorites" isDisabled />
            </FlexItem>
          ) : null}
        </Flex>
      </Flex>
      {helpText ? <Content component="p">{helpText}</Content> : null}
      {helpAlert}
    </PageSection>
  );
};

export default ListPageHeader;
