import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download, ScrollText } from 'lucide-react';
import { useMemo } from 'react';
import { Button, buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Rows } from '@/components/rows';
import { Skeleton } from '@/components/skeleton';
import { day, plural } from '@/lib/format';
import { auditQuery, auditTable } from '@/lib/server/audit';
import type { AuditRow } from '@/lib/types';
import { useMore } from '@/lib/use-more';
import { AuditEntry } from './audit-entry';
import { AuditFilters } from './audit-filters';
import { toAuditQuery } from './filter';

/** Neighbours of the same day, in the viewer's zone. */
function byDay(rows: AuditRow[]): [day: string, rows: AuditRow[]][] {
  const groups: [string, AuditRow[]][] = [];
  for (const row of rows) {
    const of = day(row.at);
    const last = groups.at(-1);
    if (last?.[0] === of) last[1].push(row);
    else groups.push([of, [row]]);
  }
  return groups;
}

/** Who did what, newest first. */
export function AuditPage() {
  const filter = useSearch({ from: '/shell/settings/audit' });
  const navigate = useNavigate({ from: '/settings/audit' });
  const query = useMemo(() => toAuditQuery(filter), [filter]);
  const list = useInfiniteQuery(auditQuery(query));
  const onMore = useMore(list);
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Page
      narrow
      title="Audit log"
      description="Every change that somebody made, for 400 days. Values of secrets are never in it."
      actions={
        <a href={auditTable(query)} download="audit.csv" className={buttonClass()}>
          <Download aria-hidden="true" />
          As a table
        </a>
      }
    >
      <AuditFilters filter={filter} onChange={(next) => void navigate({ search: next, replace: true })} />
      {list.isError && !list.data ? (
        <Failure
          error={list.error}
          what="The audit log could not be loaded"
          retry={() => void list.refetch()}
        />
      ) : !list.data ? (
        <Panel flush>
          <Skeleton />
        </Panel>
      ) : list.data.length === 0 ? (
        <Panel flush>
          <Empty
            icon={<ScrollText />}
            title={isFiltered ? 'Nothing matches these filters' : 'Nothing was changed yet'}
            action={
              isFiltered && <Button onClick={() => void navigate({ search: {} })}>Clear filters</Button>
            }
          >
            {isFiltered
              ? 'Take one away, or choose other days.'
              : 'An entry appears here when somebody signs in, or makes, changes or deletes something.'}
          </Empty>
        </Panel>
      ) : (
        <>
          {byDay(list.data).map(([title, rows], i, days) => (
            <Panel key={title} title={title} flush>
              <Rows
                label={title}
                count={rows.length}
                height={45}
                {...(i === days.length - 1 && { more: list.hasNextPage, onEnd: onMore })}
                keyOf={(index) => rows[index]?.entry_id ?? index}
                className="divide-y divide-line"
                row={(index) => {
                  const row = rows[index];
                  return row && <AuditEntry row={row} />;
                }}
              />
            </Panel>
          ))}
          <LoadMore
            auto
            more={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={onMore}
            shown={plural(list.data.length, 'entry', 'entries')}
          />
        </>
      )}
    </Page>
  );
}
