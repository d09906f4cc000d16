import { Outlet } from '@tanstack/react-router';
import { Keyboard, Menu as MenuIcon, X } from 'lucide-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import { IconButton } from '@/components/icon-button';
import { classes } from '@/lib/classes';
import { useShortcuts } from '@/lib/shortcuts';
import { AlertBell } from './alert-bell';
import { FindButton } from './find-button';
import { LiveIndicator } from './live-indicator';
import { Logo } from './logo';
import { Navigation } from './navigation';
import { ThemeSwitch } from './theme-switch';
import { WorkspaceName } from './workspace-name';

const Account = lazy(() => import('./account').then((module) => ({ default: module.Account })));
const Help = lazy(() => import('./shortcut-help').then((module) => ({ default: module.ShortcutHelp })));
const Palette = lazy(() => import('./palette').then((module) => ({ default: module.Palette })));
const Toaster = lazy(() => import('@/components/toaster').then((module) => ({ default: module.Toaster })));

/** The frame around every screen but sign-in: navigation, live state, shortcuts. */
export function Shell() {
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  const [finding, setFinding] = useState(false);
  const find = useCallback(() => setFinding(true), []);
  useShortcuts(
    useCallback(() => setHelp(true), []),
    find,
  );
  return (
    <div className="flex min-h-dvh flex-col md:flex-row">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <div className="sticky top-0 z-30 flex h-12 items-center justify-between border-b border-line bg-canvas px-2.5 md:hidden">
        <Logo />
        <FindButton small onFind={find} />
        <AlertBell />
        <IconButton
          label={menu ? 'Close menu' : 'Open menu'}
          aria-expanded={menu}
          aria-controls="sidebar"
          icon={menu ? <X aria-hidden="true" /> : <MenuIcon aria-hidden="true" />}
          onClick={() => setMenu(!menu)}
        />
      </div>
      <aside
        id="sidebar"
        aria-label="Sidebar"
        className={classes(
          'flex-col gap-2 bg-canvas p-2.5 max-md:border-b max-md:border-line md:sticky md:top-0 md:flex md:h-dvh md:w-52 md:overflow-y-auto md:shrink-0 md:border-r md:border-line',
          menu ? 'flex' : 'hidden',
        )}
      >
        <div className="hidden md:block">
          <Logo />
        </div>
        <WorkspaceName />
        <div className="hidden md:block">
          <FindButton onFind={find} />
        </div>
        <Navigation onGo={() => setMenu(false)} />
        <div className="flex flex-wrap items-center justify-between gap-1 md:mt-auto">
          <div className="w-full">
            <Suspense fallback={<div className="h-11" />}>
              <Account onGo={() => setMenu(false)} />
            </Suspense>
          </div>
          <LiveIndicator />
          <div className="flex">
            <ThemeSwitch />
            <IconButton
              size="sm"
              label="Keyboard shortcuts"
              icon={<Keyboard aria-hidden="true" />}
              onClick={() => setHelp(true)}
            />
          </div>
        </div>
      </aside>
      <main id="content" tabIndex={-1} className="min-w-0 flex-1 bg-surface outline-none">
        <Outlet />
      </main>
      <Suspense>
        <Toaster />
        {help && <Help onClose={() => setHelp(false)} />}
        {finding && <Palette onClose={() => setFinding(false)} />}
      </Suspense>
    </div>
  );
}
