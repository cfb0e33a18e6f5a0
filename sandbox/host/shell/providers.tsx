import { OverlayProvider } from '@openshift-console/dynamic-plugin-sdk/lib/app/modal-support/OverlayProvider';
import { ModalProvider } from '@openshift-console/dynamic-plugin-sdk/lib/app/modal-support/ModalProvider';
import { PluginStoreProvider, type PluginStore } from '@openshift/dynamic-plugin-sdk';
import { useCallback, useEffect, useMemo, useState, type FC, type PropsWithChildren } from 'react';
import { Provider } from 'react-redux';
import { useLocation, useNavigate } from 'react-router';
import { DEFAULT_PERSPECTIVE } from '../plugins/consoleItself';
import { useTranslatedExtensions } from '../plugins/extensions';
import type { HostStore } from '../store/store';
import { useUserPreference } from '../shims/useUserPreference';
import { ALL_NAMESPACES, NamespaceContext, PerspectiveContext } from './contexts';
import { inNamespace, namespaceIn } from './paths';
import { isPerspective } from './PerspectiveSwitcher';

/** The project of the address, or the last one where the address names none. */
const NamespaceProvider: FC<PropsWithChildren> = ({ children }) => {
  const location = useLocation();
  const navigate = useNavigate();
  const inAddress = namespaceIn(location.pathname);
  const [last, setLast] = useUserPreference<string>('console.lastNamespace', ALL_NAMESPACES);
  useEffect(() => {
    if (inAddress !== undefined) setLast(inAddress);
  }, [inAddress, setLast]);
  const choose = useCallback(
    (namespace: string) => {
      setLast(namespace);
      const next = inNamespace(namespace, location);
      if (next !== location.pathname + location.search) void navigate(next);
    },
    [location, navigate, setLast],
  );
  const namespace = inAddress ?? last;
  const value = useMemo<[string, (namespace: string) => void]>(() => [namespace, choose], [namespace, choose]);
  return <NamespaceContext.Provider value={value}>{children}</NamespaceContext.Provider>;
};

/** The perspective: that of the query parameter `perspective` at the start, else the last one, if it exists. */
const PerspectiveProvider: FC<PropsWithChildren> = ({ children }) => {
  const navigate = useNavigate();
  const perspectives = useTranslatedExtensions(isPerspective);
  const [last, setLast] = useUserPreference('console.lastPerspective', DEFAULT_PERSPECTIVE);
  const [asked, setAsked] = useState(() => new URLSearchParams(window.location.search).get('perspective'));
  const wanted = asked ?? last;
  const isKnown = perspectives.some(({ properties }) => properties.id === wanted);
  const choose = useCallback(
    (perspective: string, next?: string) => {
      setAsked(null);
      setLast(perspective);
      void navigate(next ?? '/');
    },
    [navigate, setLast],
  );
  const active = isKnown ? wanted : DEFAULT_PERSPECTIVE;
  const value = useMemo<[string, (perspective: string, next?: string) => void]>(() => [active, choose], [active, choose]);
  return <PerspectiveContext.Provider value={value}>{children}</PerspectiveContext.Provider>;
};

/** Everything that the console puts around a page; to be used below a router. */
export const HostProviders: FC<PropsWithChildren<{ store: HostStore; plugins: PluginStore }>> = ({ store, plugins, children }) => (
  <Provider store={store}>
    <PluginStoreProvider store={plugins}>
      <PerspectiveProvider>
        <NamespaceProvider>
          <ModalProvider>
            <OverlayProvider>{children}</OverlayProvider>
          </ModalProvider>
        </NamespaceProvider>
      </PerspectiveProvider>
    </PluginStoreProvider>
  </Provider>
);
