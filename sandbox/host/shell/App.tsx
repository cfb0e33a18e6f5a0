import type { Perspective } from '@openshift-console/dynamic-plugin-sdk';
import { Alert as Notice, Page, PageSection, SkipToContent } from '@patternfly/react-core';
import { usePluginInfo } from '@openshift/dynamic-plugin-sdk';
import { useContext, useEffect, useState, type FC } from 'react';
import { useSelector } from 'react-redux';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { AlertDrawer, notified } from '../observe/AlertDrawer';
import { observeRoutes } from '../observe/routes';
import { useNotificationAlerts } from '../observe/useAlerts';
import { useTranslatedExtensions } from '../plugins/extensions';
import { resourceRoutes } from '../resources/ResourcePage';
import type { HostState } from '../store/store';
import { PerspectiveContext } from './contexts';
import { Masthead } from './Masthead';
import { Navigation } from './Navigation';
import { isPerspective } from './PerspectiveSwitcher';
import { ProjectBar } from './ProjectBar';
import { RealBanner } from './RealBanner';
import { Loading, NotFound, usePluginRoutes } from './routes';
import { SimulatedBanner } from './scenarios';

/** What could not be started at all; each is said on every page. */
export interface Startup {
  /** Plugins are loaded, or could not be. */
  isDone: boolean;
  problems: string[];
}

const useLandingPage = (): string => {
  const [active] = useContext(PerspectiveContext);
  const perspective = useTranslatedExtensions(isPerspective).find(({ properties }) => properties.id === active);
  // Ours are plain functions, and so are those of plugins once resolved.
  const landingPage = perspective?.properties.landingPageURL as unknown as Perspective['properties']['landingPageURL'] | undefined;
  return String(landingPage?.() ?? '/monitoring/alerts');
};

/** Problems that keep a page from being what it is: the plugin or the API could not be read. */
const Problems: FC<{ startup: Startup }> = ({ startup }) => {
  const failed = usePluginInfo().flatMap((plugin) =>
    plugin.status === 'failed' ? [`${plugin.manifest.name}: ${plugin.errorMessage} ${String(plugin.errorCause ?? '')}`] : [],
  );
  const all = [...startup.problems, ...failed];
  if (all.length === 0) return null;
  return (
    <PageSection hasBodyWrapper={false}>
      {all.map((problem) => (
        <Notice key={problem} variant="danger" isInline title={problem} data-test="startup-problem" />
      ))}
    </PageSection>
  );
};

const Content: FC<{ startup: Startup }> = ({ startup }) => {
  const pluginRoutes = usePluginRoutes();
  const landingPage = useLandingPage();
  const isDiscovered = useSelector(({ k8s }: HostState) => k8s.getIn(['RESOURCES', 'loaded']) === true);
  // Flags that are not known yet hide routes: "not found" would be a guess.
  const isSettled = startup.isDone && (isDiscovered || startup.problems.length > 0);
  return (
    <Routes>
      {pluginRoutes}
      {observeRoutes}
      {resourceRoutes}
      <Route path="/" element={isSettled ? <Navigate to={landingPage} replace /> : <Loading />} />
      <Route path="*" element={isSettled ? <NotFound /> : <Loading />} />
    </Routes>
  );
};

// PatternFly's breakpoint xl, below which the navigation lies above the page.
const WIDE = '(min-width: 1200px)';

/** Is the navigation open? At the start, and whenever the window becomes wide or narrow, as that suggests. */
function useNavOpen(): [boolean, (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(() => window.matchMedia(WIDE).matches);
  useEffect(() => {
    const query = window.matchMedia(WIDE);
    const follow = () => setOpen(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return [isOpen, setOpen];
}

/** The console's frame around the page of the address. */
export const App: FC<{ startup: Startup }> = ({ startup }) => {
  const { pathname, search } = useLocation();
  const alerts = useNotificationAlerts();
  const [isNavOpen, setNavOpen] = useNavOpen();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const firing = notified(alerts);
  return (
    <Page
      isContentFilled
      mainContainerId="content-scrollable"
      masthead={
        <Masthead
          isNavOpen={isNavOpen}
          onNavToggle={() => setNavOpen(!isNavOpen)}
          notifications={firing.length}
          hasCritical={firing.some(({ labels }) => labels.severity === 'critical')}
          isDrawerOpen={isDrawerOpen}
          onDrawerToggle={() => setDrawerOpen(!isDrawerOpen)}
        />
      }
      banner={
        <>
          <SimulatedBanner />
          <RealBanner />
        </>
      }
      sidebar={<Navigation isOpen={isNavOpen} />}
      skipToContent={<SkipToContent href={`${pathname}${search}#content-scrollable`}>Skip to content</SkipToContent>}
      notificationDrawer={<AlertDrawer alerts={alerts} onClose={() => setDrawerOpen(false)} />}
      isNotificationDrawerExpanded={isDrawerOpen}
    >
      <Routes>
        <Route path="/k8s/ns/:ns/*" element={<ProjectBar />} />
        <Route path="/k8s/all-namespaces/*" element={<ProjectBar />} />
        <Route path="*" element={null} />
      </Routes>
      <Problems startup={startup} />
      <Content startup={startup} />
    </Page>
  );
};
