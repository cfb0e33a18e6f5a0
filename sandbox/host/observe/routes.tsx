import type { FC } from 'react';
import { Route, useParams } from 'react-router';
import { AlertDetails } from './AlertDetails';
import { AlertList } from './AlertList';
import type { Observe } from './rules';

const admin: Observe = { base: '/monitoring', toolbarContext: 'alert-detail-toolbar-actions' };
const virtualization: Observe = { base: '/virt-monitoring', toolbarContext: 'alert-detail-toolbar-actions-virtualization-perspective' };
const developer = (namespace: string): Observe => ({
  base: `/dev-monitoring/ns/${namespace}`,
  toolbarContext: 'alert-detail-toolbar-actions-dev',
  namespace,
});

const DeveloperList: FC = () => <AlertList observe={developer(useParams()['ns'] ?? '')} />;
const DeveloperDetails: FC = () => <AlertDetails observe={developer(useParams()['ns'] ?? '')} />;
const AlertsOfRule: FC<{ observe: Observe }> = ({ observe }) => <AlertList observe={observe} rule={useParams()['ruleID'] ?? ''} />;

/** The addresses of the monitoring plugin's alert pages in three perspectives. */
export const observeRoutes = (
  <>
    {[admin, virtualization].flatMap((observe) => [
      <Route key={`${observe.base} list`} path={`${observe.base}/alerts`} element={<AlertList observe={observe} />} />,
      <Route key={`${observe.base} details`} path={`${observe.base}/alerts/:ruleID`} element={<AlertDetails observe={observe} />} />,
      <Route key={`${observe.base} rule`} path={`${observe.base}/alertrules/:ruleID`} element={<AlertsOfRule observe={observe} />} />,
    ])}
    <Route path="/dev-monitoring/ns/:ns/alerts" element={<DeveloperList />} />
    <Route path="/dev-monitoring/ns/:ns/alerts/:ruleID" element={<DeveloperDetails />} />
  </>
);
