import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';

type Page<T> = { data: T[]; next?: string | null };

/** A list behind a cursor, newest first. */
export function pages<T>(key: QueryKey, fetch: (cursor: string | undefined) => Promise<Page<T>>) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam }) => fetch(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    select: (all) => all.pages.flatMap((page) => page.data),
  });
}
