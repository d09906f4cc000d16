import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, Workflow } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/badge';
import { buttonClass } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Input } from '@/components/input';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { plural } from '@/lib/format';
import { flowsQuery } from '@/lib/server/flows';
import { FlowTable } from './flow-table';

export function FlowListPage() {
  const list = useInfiniteQuery(flowsQuery());
  const [search, setSearch] = useState('');
  const words = search.trim().toLowerCase();
  const shown = list.data?.filter((flow) => flow.name.toLowerCase().includes(words));
  const create = (
    <Link to="/flows/new" className={buttonClass('primary')}>
      <Plus aria-hidden="true" />
      New flow
    </Link>
  );
  return (
    <Page
      title="Flows"
      beside={list.data && list.data.length > 0 && <Badge>{list.data.length}</Badge>}
      description="What is done when something happens in a call."
      actions={create}
    >
      {list.isError && !list.data ? (
        <Failure error={list.error} what="The flows could not be loaded" retry={() => void list.refetch()} />
      ) : (
        <>
          {(list.data?.length ?? 0) > 5 && (
            <Input
              data-search
              type="search"
              aria-label="Search flows by name"
              placeholder="Search by name"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              className="w-full sm:w-64"
            />
          )}
          <Panel flush>
            {!list.data || !shown ? (
              <Skeleton />
            ) : list.data.length === 0 ? (
              <Empty icon={<Workflow />} title="No flows yet" action={create}>
                A flow says: when this happens in a call, do that. Start with a webhook that receives every
                finished call.
              </Empty>
            ) : shown.length === 0 ? (
              <Empty title={`No flow is called “${search}”`}>Only names are searched.</Empty>
            ) : (
              <>
                <FlowTable flows={shown} />
                <LoadMore
                  more={list.hasNextPage}
                  busy={list.isFetchingNextPage}
                  onMore={() => void list.fetchNextPage()}
                  shown={plural(shown.length, 'flow')}
                />
              </>
            )}
          </Panel>
        </>
      )}
    </Page>
  );
}
