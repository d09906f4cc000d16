/** Who is called: contacts and campaigns, their lists and a page for each. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readOne, readText } from '@/lib/search';
import { shell } from './frame';

const contacts = createRoute({
  getParentRoute: () => shell,
  path: '/contacts',
  validateSearch: (search): { q?: string; blocked?: string } => ({
    ...readText(search, 'q'),
    ...readOne(search, 'blocked', ['yes', 'no']),
  }),
  component: lazyRouteComponent(() => import('@/features/contacts/contacts-page'), 'ContactsPage'),
});

const contact = createRoute({
  getParentRoute: () => shell,
  path: '/contacts/$contactId',
  component: lazyRouteComponent(() => import('./contact-screen'), 'ContactScreen'),
});

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns',
  validateSearch: (search): { q?: string } => readText(search, 'q'),
  component: lazyRouteComponent(() => import('@/features/campaigns/campaigns-page'), 'CampaignsPage'),
});

const campaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$campaignId',
  component: lazyRouteComponent(() => import('./campaign-screen'), 'CampaignScreen'),
});

export const peopleRoutes = [contacts, contact, campaigns, campaign] as const;
