import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take } from '@/lib/api';

/** Few of each kind: who wants all of a kind looks at its own list. */
const limit = 6;
const eventId = /^evt_[0-9a-z]{26}$/i;

async function find(words: string) {
  const named = { params: { query: { search: words, limit } } };
  const [flows, agents, contacts, recipes] = await Promise.all([
    take(api.GET('/v1/flows', { params: { query: { q: words, limit } } })),
    take(api.GET('/v1/agents', named)),
    take(api.GET('/v1/contacts', named)),
    take(api.GET('/v1/recipes', { params: { query: { q: words } } })),
  ]);
  return {
    flows: flows.data,
    agents: agents.data,
    contacts: contacts.data,
    recipes: recipes.data.slice(0, limit),
  };
}

export type Found = Awaited<ReturnType<typeof find>>;

/** What is called so, of every kind that people look for by name. */
export const findQuery = (words: string) =>
  queryOptions({
    queryKey: ['find', words],
    enabled: words !== '',
    staleTime: 10_000,
    placeholderData: keepPreviousData,
    queryFn: () => find(words),
  });

/** The call of an event whose id was given; nothing is asked for anything else. */
export const eventCallQuery = (id: string) =>
  queryOptions({
    queryKey: ['event-call', id],
    enabled: eventId.test(id),
    retry: false,
    queryFn: async () =>
      (await take(api.GET('/v1/events/{id}', { params: { path: { id: id.toLowerCase() } } }))).call?.id ??
      null,
  });
