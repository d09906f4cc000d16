import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';

const MOST = 6;

type Props<Row> = {
  title: string;
  /** Where all of them are. */
  to: '/agents' | '/destinations' | '/flows';
  label: string;
  query: Pick<UseQueryResult, 'isError' | 'error' | 'refetch'>;
  /** What failed, when it did. */
  what: string;
  rows: Row[] | undefined;
  empty: ReactNode;
  line: (row: Row) => ReactNode;
};

/** The first few of those that there are, and the way to all of them. */
export function HealthPanel<Row>({ title, to, label, query, what, rows, empty, line }: Props<Row>) {
  return (
    <Panel
      flush
      title={title}
      actions={
        <Link to={to} className="rounded text-xs text-accent hover:underline">
          All {title.toLowerCase()}
        </Link>
      }
    >
      {query.isError && !rows ? (
        <div className="p-4">
          <Failure error={query.error} what={what} retry={() => void query.refetch()} />
        </div>
      ) : !rows ? (
        <Skeleton rows={3} />
      ) : rows.length === 0 ? (
        empty
      ) : (
        <ul aria-label={label} className="divide-y divide-line">
          {rows.slice(0, MOST).map(line)}
        </ul>
      )}
    </Panel>
  );
}
