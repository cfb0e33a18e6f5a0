import type { Action, Alert } from '@openshift-console/dynamic-plugin-sdk';
import {
  Breadcrumb,
  BreadcrumbItem,
  Button,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  EmptyState,
  EmptyStateBody,
  Flex,
  PageSection,
  Title,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import { useMemo, type FC, type ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import ActionServiceProvider from '../shims/ActionServiceProvider';
import { DocumentTitle } from '../shims/DocumentTitle';
import Timestamp from '../shims/Timestamp';
import { Loading } from '../shell/routes';
import { LabelList, ReadingFailed, Severity } from './Labels';
import { alertWith, type Observe } from './rules';
import { useAlerts } from './useAlerts';

// On the details page a link of an action stays inside of the console, even if it says it is external.
const ToolbarAction: FC<{ action: Action }> = ({ action: { cta, label } }) => (
  <ToolbarItem>
    {typeof cta === 'function' ? (
      <Button variant="link" onClick={cta}>
        {label}
      </Button>
    ) : (
      <Link to={cta.href}>{label}</Link>
    )}
  </ToolbarItem>
);

const Group: FC<{ term: string; children: ReactNode }> = ({ term, children }) => (
  <DescriptionListGroup>
    <DescriptionListTerm>{term}</DescriptionListTerm>
    <DescriptionListDescription>{children}</DescriptionListDescription>
  </DescriptionListGroup>
);

const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text);

const Details: FC<{ alert: Alert }> = ({ alert }) => (
  <DescriptionList columnModifier={{ default: '1Col', lg: '2Col' }}>
    <Group term="Severity">
      <Severity severity={alert.labels.severity} />
    </Group>
    <Group term="State">{alert.state}</Group>
    <Group term="Since">
      <Timestamp timestamp={alert.activeAt ?? ''} />
    </Group>
    <Group term="Labels">
      <LabelList labels={alert.labels} />
    </Group>
    {Object.entries(alert.annotations ?? {}).map(([name, text]) => (
      <Group key={name} term={name}>
        {isWebAddress(text) ? (
          <a href={text} target="_blank" rel="noopener noreferrer">
            {text}
          </a>
        ) : (
          text
        )}
      </Group>
    ))}
    <Group term="Alerting rule">{alert.rule.query}</Group>
    <Group term="For">{alert.rule.duration} s</Group>
  </DescriptionList>
);

/** Details of one alert, a stand-in: its toolbar has the actions that plugins provide for it. */
export const AlertDetails: FC<{ observe: Observe }> = ({ observe }) => {
  const { ruleID = '' } = useParams();
  const [labels] = useSearchParams();
  const { alerts, loaded, error } = useAlerts(observe.namespace);
  const alert = alertWith(alerts, ruleID, labels);
  // The same object until the alerts are read again, so that a provider may memoize on it.
  const context = useMemo(() => ({ [observe.toolbarContext]: { alert } }), [observe.toolbarContext, alert]);
  if (!loaded) return <Loading />;
  return (
    <>
      <DocumentTitle>{`${alert?.labels.alertname ?? 'Alert'} details`}</DocumentTitle>
      <PageSection hasBodyWrapper={false}>
        <Breadcrumb>
          <BreadcrumbItem>
            <Link to={`${observe.base}/alerts`}>Alerts</Link>
          </BreadcrumbItem>
          <BreadcrumbItem isActive>Alert details</BreadcrumbItem>
        </Breadcrumb>
        {error === undefined ? null : <ReadingFailed error={error} />}
        {alert === undefined ? (
          <EmptyState headingLevel="h1" titleText="No such alert">
            <EmptyStateBody>The rule does not exist, or does not have exactly one alert with these labels.</EmptyStateBody>
          </EmptyState>
        ) : (
          <>
            <Flex>
              <Title headingLevel="h1">{alert.rule.name}</Title>
              <Severity severity={alert.labels.severity} />
            </Flex>
            <Toolbar>
              <ToolbarContent>
                <ToolbarItem variant="label">
                  <Title headingLevel="h2">Alert details</Title>
                </ToolbarItem>
                <ToolbarGroup align={{ default: 'alignEnd' }} data-test="alert-actions">
                  <ActionServiceProvider context={context}>
                    {({ actions, loaded: hasActions }) =>
                      hasActions ? (
                        <>
                          {actions.map((action) => (
                            <ToolbarAction key={action.id} action={action} />
                          ))}
                        </>
                      ) : null
                    }
                  </ActionServiceProvider>
                </ToolbarGroup>
              </ToolbarContent>
            </Toolbar>
            <Details alert={alert} />
          </>
        )}
      </PageSection>
    </>
  );
};
