/** Names that agents, campaigns and calls have, offered while a filter is made. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { agentsQuery } from '@/lib/server/agents';
import { callsQuery } from '@/lib/server/calls';
import { campaignsQuery } from '@/lib/server/campaigns';

const unique = (words: (string | null | undefined)[]): string[] =>
  [...new Set(words.filter((word) => typeof word === 'string' && word !== ''))] as string[];

export function useKnown() {
  const calls = useInfiniteQuery({ ...callsQuery({}), staleTime: 60_000 }).data;
  const agents = useInfiniteQuery({ ...agentsQuery(), staleTime: 60_000 }).data;
  const campaigns = useInfiniteQuery({ ...campaignsQuery(), staleTime: 60_000 }).data;
  return useMemo(() => {
    const seen = calls ?? [];
    return {
      campaigns: unique([...(campaigns ?? []).map(({ name }) => name), ...seen.map((call) => call.campaign)]),
      agents: unique([...(agents ?? []).map(({ name }) => name), ...seen.map((call) => call.agent)]),
      dispositions: unique([
        ...(agents ?? []).flatMap((agent) => agent.dispositions ?? []),
        ...seen.map((call) => call.disposition),
      ]),
      statuses: unique([
        ...['completed', 'failed', 'no-answer', 'busy', 'voicemail'],
        ...seen.map((call) => call.status),
      ]),
    };
  }, [calls, agents, campaigns]);
}
