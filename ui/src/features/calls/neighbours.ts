import { type InfiniteData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { callsAfterQuery } from '@/lib/server/calls';
import { useKeys } from '@/lib/shortcuts';
import type { CallRow } from '@/lib/types';

type Pages = InfiniteData<{ data: CallRow[] }>;

/** The calls before and after one, in the list from which one came; without a list the older ones in the order of time. */
export function useNeighbours(id: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const lists = client.getQueriesData<Pages>({ queryKey: ['calls'] });
  const rows = lists
    .map(([, list]) => list?.pages?.flatMap((page) => page.data) ?? [])
    .find((list) => list.some((row) => row.id === id));
  const at = rows?.findIndex((row) => row.id === id) ?? -1;
  const inList = rows?.[at + 1]?.id;
  const next = useQuery({ ...callsAfterQuery(id), enabled: inList === undefined });
  const [newer, older] = [rows?.[at - 1]?.id, inList ?? next.data?.data[0]?.id];
  const go = useCallback(
    (to: string | undefined) =>
      to && void navigate({ to: '/calls/$callId', params: { callId: to }, search: {} }),
    [navigate],
  );
  useKeys('JK', (key) => go(key === 'J' ? older : newer));
  return { newer, older, go };
}
