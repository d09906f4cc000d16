import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readAuditFilter } from '@/features/audit/filter';
import { shell } from './frame';

const frame = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings/settings-frame'), 'SettingsFrame'),
});

const settingsIndex = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/settings/settings-page'), 'SettingsPage'),
});

const appearance = createRoute({
  getParentRoute: () => frame,
  path: '/appearance',
  component: lazyRouteComponent(() => import('@/features/settings/appearance-page'), 'AppearancePage'),
});

const members = createRoute({
  getParentRoute: () => frame,
  path: '/members',
  component: lazyRouteComponent(() => import('@/features/members/members-page'), 'MembersPage'),
});

const audit = createRoute({
  getParentRoute: () => frame,
  path: '/audit',
  validateSearch: readAuditFilter,
  component: lazyRouteComponent(() => import('@/features/audit/audit-page'), 'AuditPage'),
});

const notify = createRoute({
  getParentRoute: () => frame,
  path: '/notify',
  component: lazyRouteComponent(() => import('@/features/settings/notify-page'), 'NotifyPage'),
});

const workspace = createRoute({
  getParentRoute: () => frame,
  path: '/workspace',
  component: lazyRouteComponent(() => import('@/features/settings/workspace-page'), 'WorkspacePage'),
});

const network = createRoute({
  getParentRoute: () => frame,
  path: '/network',
  component: lazyRouteComponent(() => import('@/features/settings/network-page'), 'NetworkPage'),
});

const retention = createRoute({
  getParentRoute: () => frame,
  path: '/retention',
  validateSearch: (search): { forget?: string } =>
    typeof search.forget === 'string' || typeof search.forget === 'number'
      ? { forget: String(search.forget) }
      : {},
  component: lazyRouteComponent(() => import('@/features/settings/retention-page'), 'RetentionPage'),
});

/** Every settings screen, in the frame that lists them. */
export const settings = frame.addChildren([
  settingsIndex,
  workspace,
  members,
  notify,
  network,
  retention,
  audit,
  appearance,
]);
