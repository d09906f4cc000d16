/** Names that agents, campaigns and calls have, offered while a filter is made. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callChoicesQuery, callsQuery } from '@/lib/server/calls';

const unique = (words: (string | null | undefined)[]): string[] =>
  [...new Set(words.filter((word) => typeof word === 'string' && word !== ''))] as string[];

export function useKnown() {
  const calls = useInfiniteQuery({ ...callsQuery({}), staleTime: 60_000 }).data;
  const choices = useQuery(callChoicesQuery()).data;
  return useMemo(() => {
    const seen = calls ?? [];
    return {
      campaigns: unique([...(choices?.campaigns ?? []), ...seen.map((call) => call.campaign)]),
      agents: unique([...(choices?.agents ?? []), ...seen.map((call) => call.agent)]),
      dispositions: unique([...(choices?.dispositions ?? []), ...seen.map((call) => call.disposition)]),
      statuses: unique([
        ...['completed', 'failed', 'no-answer', 'busy', 'voicemail'],
        ...seen.map((call) => call.status),
      ]),
    };
  }, [calls, choices]);
}
