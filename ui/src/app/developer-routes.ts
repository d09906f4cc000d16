import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readDeliveries } from '@/features/deliveries/filter';
import { readNumber, readOne, readText } from '@/lib/search';
import { shell } from './frame';

const endpoints = createRoute({
  getParentRoute: () => shell,
  path: '/endpoints',
  component: lazyRouteComponent(() => import('@/features/endpoints/endpoints-page'), 'EndpointsPage'),
});

const endpoint = createRoute({
  getParentRoute: () => shell,
  path: '/endpoints/$endpointId',
  validateSearch: (search): { message?: string } => readText(search, 'message'),
  component: lazyRouteComponent(() => import('@/features/endpoints/endpoint-page'), 'EndpointPage'),
});

const catalogue = createRoute({
  getParentRoute: () => shell,
  path: '/developers/events',
  validateSearch: (search): { q?: string; kind?: string; tab?: string; provider?: string } => ({
    ...readText(search, 'q'),
    ...readText(search, 'kind'),
    ...readOne(search, 'tab', ['flat', 'sent', 'variables', 'provider']),
    ...readText(search, 'provider'),
  }),
  component: lazyRouteComponent(() => import('@/features/developers/catalogue-page'), 'CataloguePage'),
});

const tester = createRoute({
  getParentRoute: () => shell,
  path: '/developers/test',
  validateSearch: (search): { provider?: string; sample?: string; endpoint?: string; message?: string } => ({
    ...readText(search, 'provider'),
    ...readText(search, 'sample'),
    ...readText(search, 'endpoint'),
    ...readText(search, 'message'),
  }),
  component: lazyRouteComponent(() => import('@/features/developers/tester-page'), 'TesterPage'),
});

const rehearsal = createRoute({
  getParentRoute: () => shell,
  path: '/developers/rehearsal',
  validateSearch: (search): { provider?: string; scenario?: string } => ({
    ...readText(search, 'provider'),
    ...readText(search, 'scenario'),
  }),
  component: lazyRouteComponent(() => import('@/features/developers/rehearsal-page'), 'RehearsalPage'),
});

const verify = createRoute({
  getParentRoute: () => shell,
  path: '/developers/verify',
  validateSearch: (search): { in?: string } =>
    readOne(search, 'in', ['node', 'python', 'go', 'php', 'shell', 'ed25519']),
  component: lazyRouteComponent(() => import('@/features/developers/verify-page'), 'VerifyPage'),
});

const deliveries = createRoute({
  getParentRoute: () => shell,
  path: '/deliveries',
  validateSearch: readDeliveries,
  component: lazyRouteComponent(() => import('./deliveries-screen'), 'DeliveriesScreen'),
});

const keys = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  component: lazyRouteComponent(() => import('@/features/keys/keys-page'), 'KeysPage'),
});

const inspector = createRoute({
  getParentRoute: () => shell,
  path: '/inspector',
  validateSearch: (search): { message?: number } => readNumber(search, 'message'),
  component: lazyRouteComponent(() => import('@/features/inspector/inspector-page'), 'InspectorPage'),
});

/** What developers look at: endpoints, events, deliveries, keys. */
export const developerRoutes = [
  endpoints,
  endpoint,
  catalogue,
  tester,
  rehearsal,
  verify,
  deliveries,
  keys,
  inspector,
] as const;
