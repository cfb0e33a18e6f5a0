import { Gallery, PageSection, Stack, StackItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { paths, useAddress, useGoTo } from '../console/address';
import { useWords } from '../console/text';
import { useFiringAlerts } from '../console/useFiringAlerts';
import { AlertFacts } from '../components/facts/AlertFacts';
import { GenericBody } from '../components/generic/GenericBody';
import { genericAlert } from '../components/generic/genericAlert';
import { InstanceSelect } from '../components/alert/InstanceSelect';
import { isVirtualization } from '../engine/firing';
import { SeverityLabel } from '../components/alert/SeverityLabel';
import { StateLabel } from '../components/alert/StateLabel';
import { NowProvider } from '../components/message/Now';
import { visible } from '../engine/visible';
import { PageHead } from '../components/page/PageHead';
import { PageSkeleton } from '../components/page/PageSkeleton';
import { AddressNotices } from '../components/states/AddressNotices';
import { AlertsUnread } from '../components/states/AlertsUnread';
import { UnknownAlert } from '../components/states/UnknownAlert';
import { useShelfTexts } from './useShelfTexts';

/** An alert without a runbook: what it says of itself if it is one of virtualization, else that nobody knows it. */
export const GenericView: FC = () => {
  const t = useWords();
  const goTo = useGoTo();
  const { namespace, alertname, labels, malformed } = useAddress();
  const { alerts } = useFiringAlerts(namespace);
  const hasTexts = useShelfTexts();
  if (alerts.state === 'loading' || !hasTexts) return <PageSkeleton />;
  const alert = alerts.state === 'ready' ? genericAlert(alerts.rules.filter(isVirtualization), alertname, labels) : undefined;
  const crumbs = [{ name: t('Overview'), href: paths.overview(namespace) }, { name: t('Runbooks'), href: paths.runbooks(namespace) }];
  const title = visible(alertname, 100);
  if (!alert) {
    return (
      <>
        <PageHead title={title} crumbs={crumbs} />
        <PageSection hasBodyWrapper={false}>
          {alerts.state === 'failed' && <AlertsUnread failure={alerts.failure} />}
          <UnknownAlert runbooksHref={paths.runbooks(namespace)} areAlertsKnown={alerts.state === 'ready' && alerts.complete} />
        </PageSection>
      </>
    );
  }
  const isOne = alert.state === 'firing' || alert.state === 'pending';
  return (
    <NowProvider at={alerts.readAt}>
      <PageHead title={title} crumbs={crumbs} labels={<><SeverityLabel severity={alert.rule?.severity} /> <StateLabel state={alert.state} activeAt={alert.activeAt} /></>}>
        <InstanceSelect instances={isOne ? [alert.labels, ...alert.others] : alert.others} current={isOne ? alert.labels : undefined} onSelect={(chosen) => goTo(paths.runbook(namespace, alertname, chosen))} />
      </PageHead>
      <PageSection hasBodyWrapper={false}>
        <Stack hasGutter>
          <StackItem><AddressNotices malformed={malformed} alert={alert} /></StackItem>
          <StackItem><Gallery hasGutter minWidths={{ default: '100%', lg: '40%' }}><GenericBody alert={alert} /><AlertFacts alert={alert} isGeneric /></Gallery></StackItem>
        </Stack>
      </PageSection>
    </NowProvider>
  );
};
