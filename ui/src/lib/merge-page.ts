/** Lists of newest first, kept as pages: ids are ordered by time. */
import type { InfiniteData } from '@tanstack/react-query';

export type Row = { id: string };
export type Page<T> = { data: T[]; next?: string | null };
export type Pages<T> = InfiniteData<Page<T>, string | undefined>;

/** Puts a page that was asked for again in its place: rows that are shown change where they are, those it should have and has not
 * are gone. `first`: where it begins, if not with the list. What has come is not put in. */
export function mergePage<T extends Row>(pages: Pages<T>, { data, next }: Page<T>, first?: string): Pages<T> {
  const known = new Map(data.map((row) => [row.id, row]));
  const last = data.at(-1)?.id;
  const reaches = (id: string) => !next || (last !== undefined && id >= last);
  const belongs = (id: string) => (first === undefined || id <= first) && reaches(id);
  const merged = (row: T) => known.get(row.id) ?? (belongs(row.id) ? [] : row);
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, data: page.data.flatMap(merged) })) };
}

/** What a head has that is not shown, above the last row that is. */
export function missing<T extends Row>({ data }: Page<T>, rows: T[] | undefined): T[] {
  const shown = new Set(rows?.map(({ id }) => id));
  const last = rows?.at(-1)?.id ?? '';
  return data.filter(({ id }) => id > last && !shown.has(id));
}
