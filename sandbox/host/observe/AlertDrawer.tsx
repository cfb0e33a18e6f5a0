import type { Alert, AlertAction } from '@openshift-console/dynamic-plugin-sdk';
import { useOverlay } from '@openshift-console/dynamic-plugin-sdk/lib/app/modal-support/useOverlay';
import {
  Button,
  EmptyState,
  NotificationDrawer,
  NotificationDrawerBody,
  NotificationDrawerGroup,
  NotificationDrawerGroupList,
  NotificationDrawerHeader,
  NotificationDrawerList,
  NotificationDrawerListItem,
  NotificationDrawerListItemBody,
  NotificationDrawerListItemHeader,
} from '@patternfly/react-core';
import { useState, type FC } from 'react';
import { useNavigate } from 'react-router';
import { ofType } from '../plugins/extensions';
import { useResolvedExtensions } from '../shims/useResolvedExtensions';
import Timestamp from '../shims/Timestamp';
import { ReadingFailed } from './Labels';
import { alertPath, isPlatform } from './rules';
import type { Alerts } from './useAlerts';

const isAlertAction = ofType<AlertAction>('console.alert-action');

const VARIANT = { critical: 'danger', warning: 'warning', info: 'info' } as const;
const variantOf = ({ labels }: Alert) => VARIANT[labels.severity as keyof typeof VARIANT] ?? 'custom';

/** The alerts of the drawer and of the bell: firing, and of the platform. */
export const notified = ({ alerts }: Alerts): Alert[] =>
  alerts.filter((alert) => isPlatform(alert) && alert.state === ('firing' as Alert['state']));

const Group: FC<{ title: string; alerts: Alert[]; actions: Map<string, AlertAction['properties']>; onClose: () => void }> = ({
  title,
  alerts,
  actions,
  onClose,
}) => {
  const [isExpanded, setExpanded] = useState(true);
  const launch = useOverlay();
  const navigate = useNavigate();
  return (
    <NotificationDrawerGroup title={title} count={alerts.length} isExpanded={isExpanded} onExpand={(_, open) => setExpanded(open)}>
      <NotificationDrawerList isHidden={!isExpanded} aria-label={title}>
        {alerts.map((alert) => {
          const extension = actions.get(alert.rule.name);
          return (
            <NotificationDrawerListItem
              key={`${alert.rule.id}${JSON.stringify(alert.labels)}`}
              variant={variantOf(alert)}
              onClick={() => {
                onClose();
                void navigate(alertPath({ base: '/monitoring', toolbarContext: '' }, alert));
              }}
            >
              <NotificationDrawerListItemHeader title={alert.labels.alertname} variant={variantOf(alert)}>
                {extension === undefined ? null : (
                  <Button
                    variant="link"
                    onClick={(event) => {
                      event.stopPropagation();
                      onClose();
                      // No hook and no navigation: an action that wants to go somewhere launches a component that does.
                      (extension.action as unknown as (alert: Alert, launch: ReturnType<typeof useOverlay>) => void)(alert, launch);
                    }}
                  >
                    {extension.text}
                  </Button>
                )}
              </NotificationDrawerListItemHeader>
              <NotificationDrawerListItemBody timestamp={<Timestamp simple timestamp={alert.activeAt ?? ''} />}>
                {alert.annotations?.description ?? alert.annotations?.message ?? alert.annotations?.summary}
              </NotificationDrawerListItemBody>
            </NotificationDrawerListItem>
          );
        })}
      </NotificationDrawerList>
    </NotificationDrawerGroup>
  );
};

/** The notification drawer: platform alerts that fire, each with the button that a plugin has for its name. */
export const AlertDrawer: FC<{ alerts: Alerts; onClose: () => void }> = ({ alerts, onClose }) => {
  const [extensions] = useResolvedExtensions(isAlertAction);
  // Of several for one alert the last one counts, as in the console.
  const actions = new Map(extensions.map(({ properties }) => [properties.alert, properties as unknown as AlertAction['properties']]));
  const all = notified(alerts);
  const critical = all.filter(({ labels }) => labels.severity === 'critical');
  const others = all.filter(({ labels }) => labels.severity !== 'critical');
  return (
    <NotificationDrawer role="region" aria-label="Notifications">
      <NotificationDrawerHeader title="Notifications" onClose={onClose} />
      <NotificationDrawerBody>
        {alerts.error === undefined ? null : <ReadingFailed error={alerts.error} />}
        {all.length === 0 && alerts.error === undefined ? <EmptyState headingLevel="h2" titleText="No alerts" /> : null}
        <NotificationDrawerGroupList>
          {critical.length === 0 ? null : <Group title="Critical alerts" alerts={critical} actions={actions} onClose={onClose} />}
          {others.length === 0 ? null : <Group title="Other alerts" alerts={others} actions={actions} onClose={onClose} />}
        </NotificationDrawerGroupList>
      </NotificationDrawerBody>
    </NotificationDrawer>
  );
};
