import type { ErrorBoundaryFallbackProps } from '@openshift-console/dynamic-plugin-sdk';
import { Button, CodeBlock, CodeBlockCode, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { ExclamationCircleIcon } from '@patternfly/react-icons';
import type { FC } from 'react';

/** What stands in place of a page that threw: its message, its stack, and a way to start over. */
const ErrorBoundaryFallbackPage: FC<ErrorBoundaryFallbackProps> = ({ errorMessage, stack, title }) => (
  <EmptyState headingLevel="h1" titleText={title} icon={ExclamationCircleIcon} status="danger">
    <EmptyStateBody>{errorMessage}</EmptyStateBody>
    <EmptyStateFooter>
      <EmptyStateActions>
        <Button onClick={() => window.location.reload()}>Reload page</Button>
      </EmptyStateActions>
      <CodeBlock>
        <CodeBlockCode>{stack}</CodeBlockCode>
      </CodeBlock>
    </EmptyStateFooter>
  </EmptyState>
);

export default ErrorBoundaryFallbackPage;
