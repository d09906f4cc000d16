/** Names that calls have had, offered while a filter is typed. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callsQuery } from '@/lib/server/calls';

export function useKnown() {
  const { data } = useInfiniteQuery({ ...callsQuery({}), staleTime: 60_000 });
  return useMemo(() => {
    const of = (pick: (call: NonNullable<typeof data>[number]) => string | null | undefined) =>
      [
        ...new Set((data ?? []).map(pick).filter((word) => typeof word === 'string' && word !== '')),
      ] as string[];
    return {
      campaigns: of((call) => call.campaign),
      agents: of((call) => call.agent),
      dispositions: of((call) => call.disposition),
      statuses: [
        ...new Set(['completed', 'failed', 'no-answer', 'busy', 'voicemail', ...of((call) => call.status)]),
      ],
    };
  }, [data]);
}
