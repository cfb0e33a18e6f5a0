import type { HrefNavItem, NavSection, ResourceNavItem, Separator } from '@openshift-console/dynamic-plugin-sdk';
import { useK8sModels } from '@openshift-console/dynamic-plugin-sdk';
import { Nav, NavExpandable, NavItem, NavItemSeparator, NavList, PageSidebar, PageSidebarBody } from '@patternfly/react-core';
import type { LoadedExtension } from '@openshift/dynamic-plugin-sdk';
import { useContext, useMemo, useState, type FC } from 'react';
import { Link, useLocation } from 'react-router';
import { DEFAULT_PERSPECTIVE } from '../plugins/consoleItself';
import { ofType, useTranslatedExtensions } from '../plugins/extensions';
import { resourcePath } from '../shims/resource-link';
import { NamespaceContext, PerspectiveContext } from './contexts';
import { inOrder, type Positioned } from './navOrder';
import { isActiveItem, namespacedPath, withoutScope } from './paths';
import { PerspectiveSwitcher } from './PerspectiveSwitcher';

type NavExtension = LoadedExtension<HrefNavItem | NavSection | ResourceNavItem | Separator>;

const guards = [
  ofType<HrefNavItem>('console.navigation/href'),
  ofType<NavSection>('console.navigation/section'),
  ofType<ResourceNavItem>('console.navigation/resource-ns'),
  ofType<ResourceNavItem>('console.navigation/resource-cluster'),
  ofType<Separator>('console.navigation/separator'),
] as const;

/** The navigation items of the perspective; one that names none belongs to the default perspective. */
function useNavItems(): NavExtension[] {
  const [perspective] = useContext(PerspectiveContext);
  const all = useTranslatedExtensions<NavExtension>(...(guards as unknown as Parameters<typeof useTranslatedExtensions<NavExtension>>));
  return useMemo(() => all.filter(({ properties }) => (properties.perspective ?? DEFAULT_PERSPECTIVE) === perspective), [all, perspective]);
}

interface Target {
  to: string;
  name: string;
  isActive: boolean;
}

/** Where an item leads in this project, and whether we are there. */
function useTargetOf(): (item: NavExtension) => Target | undefined {
  const { pathname } = useLocation();
  const [namespace] = useContext(NamespaceContext);
  const [models] = useK8sModels();
  return (item) => {
    if (item.type === 'console.navigation/href') {
      const { href, name, prefixNamespaced, namespaced, startsWith } = (item as HrefNavItem).properties;
      const to = prefixNamespaced === true ? namespacedPath(namespace, withoutScope(href)) : href;
      return {
        to: namespaced === true ? to + namespacedPath(namespace, '').slice('/k8s'.length).replace(/\/$/, '') : to,
        name,
        isActive: isActiveItem(pathname, href, startsWith),
      };
    }
    const { model, name, startsWith } = (item as ResourceNavItem).properties;
    const found = models[[model.group || 'core', model.version, model.kind].join('~')] ?? models[model.kind];
    if (!found) return undefined;
    const last = resourcePath(found).split('/').at(-1) ?? '';
    const to = item.type === 'console.navigation/resource-ns' ? namespacedPath(namespace, last) : resourcePath(found);
    return { to, name: name ?? found.labelPlural, isActive: isActiveItem(pathname, last, startsWith) };
  };
}

const Item: FC<{ item: NavExtension }> = ({ item }) => {
  const targetOf = useTargetOf();
  if (item.type === 'console.navigation/separator') return <NavItemSeparator role="presentation" />;
  const target = targetOf(item);
  if (!target) return null;
  return (
    <NavItem isActive={target.isActive} itemId={item.properties.id}>
      <Link to={target.to} aria-current={target.isActive ? 'page' : undefined} {...item.properties.dataAttributes}>
        {target.name}
      </Link>
    </NavItem>
  );
};

const Section: FC<{ section: LoadedExtension<NavSection>; items: NavExtension[] }> = ({ section, items }) => {
  const targetOf = useTargetOf();
  const isActive = items.some((item) => item.type !== 'console.navigation/separator' && targetOf(item)?.isActive === true);
  const [isExpanded, setExpanded] = useState<boolean>();
  // A section without items is not drawn, and neither is an item of a section that does not exist.
  if (items.length === 0) return null;
  return (
    <NavExpandable
      title={section.properties.name ?? ''}
      isActive={isActive}
      isExpanded={isExpanded ?? isActive}
      onExpand={(_, open) => setExpanded(open)}
      data-test="nav"
    >
      {items.map((item) => (
        <Item key={item.uid} item={item} />
      ))}
    </NavExpandable>
  );
};

const sectionOf = (item: NavExtension): string | undefined =>
  item.type === 'console.navigation/section' ? undefined : (item as HrefNavItem).properties.section;

/** The sidebar: perspective switcher, sections and items, all from extensions. */
export const Navigation: FC<{ isOpen: boolean }> = ({ isOpen }) => {
  const items = useNavItems();
  const ordered = useMemo(() => inOrder(items.filter((item) => sectionOf(item) === undefined) as (NavExtension & Positioned)[]), [items]);
  const inSection = (id: string): NavExtension[] =>
    inOrder(items.filter((item) => sectionOf(item) === id) as (NavExtension & Positioned)[]);
  return (
    <PageSidebar isSidebarOpen={isOpen}>
      <PageSidebarBody isFilled={false}>
        <PerspectiveSwitcher />
      </PageSidebarBody>
      <PageSidebarBody>
        <Nav aria-label="Main navigation">
          <NavList>
            {ordered.map((item) =>
              item.type === 'console.navigation/section' ? (
                <Section key={item.uid} section={item as LoadedExtension<NavSection>} items={inSection(item.properties.id)} />
              ) : (
                <Item key={item.uid} item={item} />
              ),
            )}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
};
