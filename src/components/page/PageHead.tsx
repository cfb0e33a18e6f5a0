import { Breadcrumb, BreadcrumbItem, Flex, FlexItem, PageSection, Title } from '@patternfly/react-core';
import { type FC, type ReactNode } from 'react';
import { Link } from '../../console/address';
import { useWords } from '../../console/text';
import './PageHead.css';

interface Crumb {
  readonly name: string;
  readonly href: string;
}

interface PageHeadProps {
  readonly title: string;
  /** The way here, without the page itself. */
  readonly crumbs?: readonly Crumb[];
  readonly labels?: ReactNode;
  readonly actions?: ReactNode;
  /** A line below the title. */
  readonly children?: ReactNode;
}

/** The head of a page: where one is, what it is about, what can be done with all of it. */
export const PageHead: FC<PageHeadProps> = ({ title, crumbs = [], labels, actions, children }) => {
  const t = useWords();
  return (
    <PageSection hasBodyWrapper={false}>
      {crumbs.length > 0 && (
        <Breadcrumb aria-label={t('Where you are')}>
          {crumbs.map(({ name, href }) => <BreadcrumbItem key={href} render={({ className }) => <Link className={className} to={href}>{name}</Link>} />)}
          <BreadcrumbItem isActive>{title}</BreadcrumbItem>
        </Breadcrumb>
      )}
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsCenter' }}>
        <FlexItem>
          <Flex columnGap={{ default: 'columnGapMd' }} alignItems={{ default: 'alignItemsCenter' }}>
            <FlexItem><Title headingLevel="h1" className="virt-runbooks__title">{title}</Title></FlexItem>
            {labels && <FlexItem>{labels}</FlexItem>}
          </Flex>
        </FlexItem>
        {actions && <FlexItem>{actions}</FlexItem>}
      </Flex>
      {children}
    </PageSection>
  );
};
