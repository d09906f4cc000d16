import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';

type List = Pick<UseInfiniteQueryResult, 'fetchNextPage' | 'isFetchingNextPage'>;

/** Asks for the next page of a list where that is not under way already. */
export function useMore({ fetchNextPage, isFetchingNextPage }: List): () => void {
  return useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
}
