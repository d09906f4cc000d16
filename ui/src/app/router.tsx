import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Crash } from '@/components/crash';
import { Skeleton } from '@/components/skeleton';
import { readCallFilter } from '@/features/calls/filter';
import { readFlowFilter } from '@/features/flows/filter';
import { readRecipeFilter } from '@/features/recipes/filter';
import { readFilter, readRun } from '@/features/runs/filter';
import { runStatuses } from '@/lib/run-status';
import { readNumber, readOne, readText } from '@/lib/search';
import { developerRoutes } from './developer-routes';
import { root, shell } from './frame';
import { peopleRoutes } from './people-routes';
import { settings } from './settings-routes';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/signed-out',
  validateSearch: (search): { reason?: string } =>
    readOne(search, 'reason', ['expired', 'signed-out', 'invalid']),
  component: lazyRouteComponent(() => import('@/features/sign-in/sign-in-page'), 'SignInPage'),
});

const overview = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: (search): { range?: string; chart?: string } => ({
    ...readOne(search, 'range', ['week', 'month']),
    ...readOne(search, 'chart', ['calls', 'latency']),
  }),
  component: lazyRouteComponent(() => import('@/features/overview/overview-page'), 'OverviewPage'),
});

const runs = createRoute({
  getParentRoute: () => shell,
  path: '/runs',
  validateSearch: readFilter,
  component: lazyRouteComponent(() => import('@/features/runs/run-list-page'), 'RunListPage'),
});

const run = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  validateSearch: readRun,
  component: lazyRouteComponent(() => import('./run-screen'), 'RunScreen'),
});

const calls = createRoute({
  getParentRoute: () => shell,
  path: '/calls',
  validateSearch: readCallFilter,
  component: lazyRouteComponent(() => import('@/features/calls/call-list-page'), 'CallListPage'),
});

const call = createRoute({
  getParentRoute: () => shell,
  path: '/calls/$callId',
  validateSearch: (search): { tab?: string; turn?: number; event?: string } => ({
    ...readOne(search, 'tab', ['conversation', 'events', 'messages', 'data', 'try']),
    ...readText(search, 'event'),
    ...readNumber(search, 'turn'),
  }),
  component: lazyRouteComponent(() => import('@/features/calls/call-page'), 'CallPage'),
});

const flows = createRoute({
  getParentRoute: () => shell,
  path: '/flows',
  validateSearch: readFlowFilter,
  component: lazyRouteComponent(() => import('@/features/flows/flow-list-page'), 'FlowListPage'),
});

type EditorSearch = {
  view?: 'wizard' | 'form' | 'canvas' | 'text';
  part?: 'when' | 'steps' | 'review';
  step?: string;
  /** The text stands beside the form or the picture. */
  text?: 'beside';
  /** The call that values and tests are of, at first. */
  call?: string;
  /** The run whose event and answers the test takes. */
  run?: string;
};

const readView = (search: Record<string, unknown>): EditorSearch => ({
  ...readOne(search, 'view', ['wizard', 'form', 'canvas', 'text']),
  ...readOne(search, 'part', ['when', 'steps', 'review']),
  ...readText(search, 'step'),
  ...readOne(search, 'text', ['beside']),
  ...readText(search, 'call'),
  ...readText(search, 'run'),
});

const newFlow = createRoute({
  getParentRoute: () => shell,
  path: '/flows/new',
  validateSearch: readView,
  component: lazyRouteComponent(() => import('./new-flow-screen'), 'NewFlowScreen'),
});

const flow = createRoute({
  getParentRoute: () => shell,
  path: '/flows/$flowId',
  validateSearch: (
    search,
  ): EditorSearch & { tab?: string; status?: string; version?: number; from?: number; to?: number } => ({
    ...readView(search),
    ...readOne(search, 'tab', ['document', 'versions', 'runs']),
    ...readOne(search, 'status', runStatuses),
    ...readNumber(search, 'version'),
    ...readNumber(search, 'from'),
    ...readNumber(search, 'to'),
  }),
  component: lazyRouteComponent(() => import('./flow-screen'), 'FlowScreen'),
});

const recipes = createRoute({
  getParentRoute: () => shell,
  path: '/recipes',
  validateSearch: readRecipeFilter,
  component: lazyRouteComponent(() => import('@/features/recipes/recipes-page'), 'RecipesPage'),
});

const recipe = createRoute({
  getParentRoute: () => shell,
  path: '/recipes/$recipe',
  component: lazyRouteComponent(() => import('./recipe-screen'), 'RecipeScreen'),
});

const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  validateSearch: (search): { show?: string } => readOne(search, 'show', ['all']),
  component: lazyRouteComponent(() => import('@/features/alerts/alerts-page'), 'AlertsPage'),
});

const usage = createRoute({
  getParentRoute: () => shell,
  path: '/usage',
  validateSearch: (search): { days?: number; by?: string } => ({
    ...readNumber(search, 'days'),
    ...readOne(search, 'by', ['flow']),
  }),
  component: lazyRouteComponent(() => import('@/features/usage/usage-page'), 'UsagePage'),
});

const agents = createRoute({
  getParentRoute: () => shell,
  path: '/agents',
  validateSearch: (search): { q?: string; open?: string } => ({
    ...readText(search, 'q'),
    ...readOne(search, 'open', ['new']),
  }),
  component: lazyRouteComponent(() => import('@/features/agents/agents-page'), 'AgentsPage'),
});

const agent = createRoute({
  getParentRoute: () => shell,
  path: '/agents/$agentId',
  validateSearch: (search): { tab?: string } =>
    readOne(search, 'tab', ['general', 'variables', 'questions', 'dispositions', 'after', 'moments']),
  component: lazyRouteComponent(() => import('@/features/agents/agent-page'), 'AgentPage'),
});

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  component: lazyRouteComponent(() => import('@/features/connections/connections-page'), 'ConnectionsPage'),
});

const destinations = createRoute({
  getParentRoute: () => shell,
  path: '/destinations',
  component: lazyRouteComponent(
    () => import('@/features/destinations/destinations-page'),
    'DestinationsPage',
  ),
});

const destination = createRoute({
  getParentRoute: () => shell,
  path: '/destinations/$name',
  validateSearch: (search): { range?: string; chart?: string } => ({
    ...readOne(search, 'range', ['week', 'month']),
    ...readOne(search, 'chart', ['time']),
  }),
  component: lazyRouteComponent(() => import('./destination-screen'), 'DestinationScreen'),
});

const secrets = createRoute({
  getParentRoute: () => shell,
  path: '/secrets',
  component: lazyRouteComponent(() => import('@/features/secrets/secrets-page'), 'SecretsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    shell.addChildren([
      overview,
      runs,
      run,
      calls,
      call,
      flows,
      newFlow,
      flow,
      recipes,
      recipe,
      alerts,
      usage,
      settings,
      agents,
      agent,
      ...peopleRoutes,
      connections,
      destinations,
      destination,
      secrets,
      ...developerRoutes,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Skeleton />,
  defaultErrorComponent: Crash,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
