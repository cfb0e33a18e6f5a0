import { Button, EmptyState, EmptyStateBody, EmptyStateFooter, PageSection } from '@patternfly/react-core';
import { ExclamationCircleIcon } from '@patternfly/react-icons';
import { Component, type FC, type ReactNode } from 'react';
import { useWords } from '../../console/text';
import { visible } from '../../engine/visible';

const Broken: FC<{ readonly error: Error }> = ({ error }) => {
  const t = useWords();
  return (
    <PageSection hasBodyWrapper={false}>
      <EmptyState status="danger" icon={ExclamationCircleIcon} headingLevel="h1" titleText={t('This page cannot be drawn')}>
        <EmptyStateBody>{t('It is a mistake of the page, not of the cluster: {{error}}. Nothing was changed. The alert pages of Observe still work.', { error: visible(error.message, 300) })}</EmptyStateBody>
        <EmptyStateFooter><Button onClick={() => window.location.reload()}>{t('Load the page again')}</Button></EmptyStateFooter>
      </EmptyState>
    </PageSection>
  );
};

/** The one place that catches what drawing throws. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children;
  }
}
