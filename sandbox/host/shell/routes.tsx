import type { RoutePage } from '@openshift-console/dynamic-plugin-sdk';
import { Bullseye, EmptyState, EmptyStateBody, Spinner } from '@patternfly/react-core';
import type { LoadedExtension } from '@openshift/dynamic-plugin-sdk';
import { lazy, Suspense, useContext, useEffect, type ComponentType, type FC, type ReactElement } from 'react';
import { Route, useLocation } from 'react-router';
import { ofType, useTranslatedExtensions } from '../plugins/extensions';
import { PerspectiveContext } from './contexts';
import { ErrorBoundary } from './ErrorBoundary';

const isRoutePage = ofType<RoutePage>('console.page/route');

/** Waiting for something that fills the page. */
export const Loading: FC = () => (
  <Bullseye>
    <Spinner aria-label="Loading" />
  </Bullseye>
);

/** There is nothing at this address. */
export const NotFound: FC = () => {
  const { pathname } = useLocation();
  return (
    <EmptyState headingLevel="h1" titleText="404: Page not found" data-test="not-found">
      <EmptyStateBody>There is no page at {pathname}.</EmptyStateBody>
    </EmptyState>
  );
};

// Kept by extension: a component made anew on each rendering would be mounted anew.
const pages = new Map<string, ComponentType>();

function pageOf({ uid, pluginName, properties }: LoadedExtension<RoutePage>): ComponentType {
  const known = pages.get(uid);
  if (known) return known;
  const page = lazy(async () => {
    const component = (await properties.component()) as ComponentType | undefined;
    if (!component) throw new Error(`The page component that ${pluginName} names for ${String(properties.path)} does not exist.`);
    return { default: component };
  });
  pages.set(uid, page);
  return page;
}

/** Entering a page of another perspective changes to that one. */
const ChangePerspective: FC<{ to: string }> = ({ to }) => {
  const [, choose] = useContext(PerspectiveContext);
  const { pathname, search, hash } = useLocation();
  useEffect(() => choose(to, pathname + search + hash), [choose, to, pathname, search, hash]);
  return <Loading />;
};

const PluginPage: FC<{ extension: LoadedExtension<RoutePage> }> = ({ extension }) => {
  const [perspective] = useContext(PerspectiveContext);
  const { pathname } = useLocation();
  const wanted = extension.properties.perspective;
  if (wanted !== undefined && wanted !== perspective) return <ChangePerspective to={wanted} />;
  const Page = pageOf(extension);
  return (
    <ErrorBoundary at={pathname}>
      <Suspense fallback={<Loading />}>
        <Page />
      </Suspense>
    </ErrorBoundary>
  );
};

/**
 * A route per path of each `console.page/route`. Without `exact` a path matches its whole subtree; which of several
 * routes wins is the router's ranking by specificity, not the order of registration.
 */
export function usePluginRoutes(): ReactElement[] {
  return useTranslatedExtensions(isRoutePage).flatMap((extension) =>
    [extension.properties.path]
      .flat()
      .map((path) => (
        <Route
          key={`${extension.uid}${path}`}
          path={extension.properties.exact === true ? path : `${path}/*`}
          element={<PluginPage extension={extension} />}
        />
      )),
  );
}
