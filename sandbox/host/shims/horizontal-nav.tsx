import type { HorizontalNavProps, NavPage, NavTab } from '@openshift-console/dynamic-plugin-sdk';
import { Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { lazy, Suspense, useMemo, type ComponentType, type FC } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { ofType, useTranslatedExtensions } from '../plugins/extensions';

type PageProps = Record<string, unknown>;
type Page = Omit<NavPage, 'component'> & { component: ComponentType<PageProps> };

const isTab = ofType<NavTab>('console.tab');

/** The tabs that plugins add to this context, in the order of their names. */
function usePluginPages(contextId: string | undefined): Page[] {
  const tabs = useTranslatedExtensions(isTab);
  return useMemo(
    () =>
      tabs
        .filter(({ properties }) => properties.contextId === contextId)
        .map(({ properties: { name, href, component } }) => ({
          name,
          href,
          component: lazy(async () => ({ default: (await component()) as ComponentType<PageProps> })),
        }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    [tabs, contextId],
  );
}

/** Tabs that are pages: the last segment of the address says which is open; none of them: the one with the empty href. */
export const HorizontalNavFacade: FC<HorizontalNavProps> = ({ resource, pages, customData, contextId }) => {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const params = useParams();
  const pluginPages = usePluginPages(contextId);
  const all = [...(pages as unknown as Page[]), ...pluginPages];
  const segments = pathname.replace(/\/$/, '').split('/');
  const last = decodeURIComponent(segments.at(-1) ?? '');
  const named = all.find(({ href }) => href !== undefined && href !== '' && href === last);
  const active = named ?? all.find(({ href }) => !href) ?? all[0];
  const base = (named ? segments.slice(0, -1) : segments).join('/');
  return (
    <>
      <Tabs activeKey={active?.href ?? ''} component="nav" usePageInsets aria-label={String(active?.name ?? '')}>
        {all.map(({ name, href = '' }) => (
          <Tab
            key={href}
            eventKey={href}
            href={`${base}/${href}`}
            title={<TabTitleText>{name}</TabTitleText>}
            data-test={`horizontal-link-${name}`}
            onClick={(event) => {
              event.preventDefault();
              void navigate(`${base}/${encodeURIComponent(href)}`.replace(/\/$/, ''));
            }}
          />
        ))}
      </Tabs>
      <Suspense fallback={null}>
        {active ? <active.component {...params} obj={resource} customData={customData} params={params} /> : null}
      </Suspense>
    </>
  );
};
