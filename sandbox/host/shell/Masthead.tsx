import {
  Masthead as PfMasthead,
  MastheadBrand,
  MastheadContent,
  MastheadMain,
  MastheadToggle,
  NotificationBadge,
  NotificationBadgeVariant,
  PageToggleButton,
  Button,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import { BarsIcon, MoonIcon, SunIcon } from '@patternfly/react-icons';
import { useState, type FC } from 'react';
import { Link } from 'react-router';
import { serverFlags } from '../serverFlags';
import { ScenarioChooser } from './scenarios';

// The console's own name for it, on the root element and in the browser's storage.
const DARK = 'pf-v6-theme-dark';
const STORED = 'bridge/theme';

const ThemeToggle: FC = () => {
  const [isDark, setDark] = useState(() => document.documentElement.classList.contains(DARK));
  const toggle = () => {
    document.documentElement.classList.toggle(DARK, !isDark);
    localStorage.setItem(STORED, isDark ? 'light' : 'dark');
    setDark(!isDark);
  };
  return (
    <Button
      variant="plain"
      aria-label={isDark ? 'Light theme' : 'Dark theme'}
      icon={isDark ? <SunIcon /> : <MoonIcon />}
      onClick={toggle}
      data-test="theme"
    />
  );
};

interface MastheadProps {
  isNavOpen: boolean;
  onNavToggle: () => void;
  /** How many alerts the bell counts. */
  notifications: number;
  hasCritical: boolean;
  isDrawerOpen: boolean;
  onDrawerToggle: () => void;
}

/** The bar at the top: navigation toggle, name, scenario, theme, bell. */
export const Masthead: FC<MastheadProps> = ({ isNavOpen, onNavToggle, notifications, hasCritical, isDrawerOpen, onDrawerToggle }) => (
  <PfMasthead>
    <MastheadMain>
      <MastheadToggle>
        <PageToggleButton variant="plain" aria-label="Global navigation" isSidebarOpen={isNavOpen} onSidebarToggle={onNavToggle}>
          <BarsIcon />
        </PageToggleButton>
      </MastheadToggle>
      <MastheadBrand className="host-brand">
        <Link to="/">{serverFlags().customProductName}</Link>
      </MastheadBrand>
    </MastheadMain>
    <MastheadContent>
      <Toolbar isStatic>
        <ToolbarContent>
          <ToolbarGroup align={{ default: 'alignEnd' }}>
            <ToolbarItem>
              <ScenarioChooser />
            </ToolbarItem>
            <ToolbarItem>
              <ThemeToggle />
            </ToolbarItem>
            <ToolbarItem>
              <NotificationBadge
                aria-label="Notification drawer"
                variant={
                  notifications === 0
                    ? NotificationBadgeVariant.read
                    : hasCritical
                      ? NotificationBadgeVariant.attention
                      : NotificationBadgeVariant.unread
                }
                count={notifications}
                isExpanded={isDrawerOpen}
                onClick={onDrawerToggle}
                data-test="notification-bell"
              />
            </ToolbarItem>
          </ToolbarGroup>
        </ToolbarContent>
      </Toolbar>
    </MastheadContent>
  </PfMasthead>
);
