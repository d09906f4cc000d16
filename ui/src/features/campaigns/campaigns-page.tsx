import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Megaphone, Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { LoadMore } from '@/components/load-more';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { SearchBox } from '@/components/search-box';
import { Skeleton } from '@/components/skeleton';
import { phone, plural } from '@/lib/format';
import { useMay } from '@/lib/may';
import { moveBetweenRows } from '@/lib/rows';
import { campaignsQuery } from '@/lib/server/campaigns';
import { CampaignDialog } from './campaign-dialog';

export function CampaignsPage() {
  const { why } = useMay('write');
  const { q = '' } = useSearch({ from: '/shell/campaigns' });
  const navigate = useNavigate({ from: '/campaigns' });
  const list = useInfiniteQuery({ ...campaignsQuery(q), placeholderData: keepPreviousData });
  const search = useCallback(
    (words: string) => void navigate({ search: words ? { q: words } : {}, replace: true }),
    [navigate],
  );
  const [making, setMaking] = useState(false);
  const create = (
    <Button look="primary" icon={<Plus aria-hidden="true" />} why={why} onClick={() => setMaking(true)}>
      New campaign
    </Button>
  );
  return (
    <Page
      narrow
      title="Campaigns"
      description="Who is to be called, when, and from which number. Descriptions for whatever dials: nothing is dialled from here."
      actions={create}
    >
      {(q !== '' || (list.data?.length ?? 0) > 0) && (
        <search aria-label="Search campaigns">
          <SearchBox
            label="Search campaigns by name"
            placeholder="Search by name"
            value={q}
            onChange={search}
            className="w-full"
          />
        </search>
      )}
      {list.isError && !list.data ? (
        <Failure
          error={list.error}
          what="The campaigns could not be loaded"
          retry={() => void list.refetch()}
        />
      ) : (
        <Panel flush>
          {!list.data ? (
            <Skeleton rows={3} />
          ) : list.data.length === 0 && q ? (
            <Empty
              icon={<Megaphone />}
              title={`No campaign is called “${q}”`}
              action={<Button onClick={() => search('')}>Clear the search</Button>}
            >
              Parts of names are searched.
            </Empty>
          ) : list.data.length === 0 ? (
            <Empty icon={<Megaphone />} title="No campaigns yet" action={create}>
              Keep calling times, retries and the do-not-call list in one place, for the system that dials to
              read.
            </Empty>
          ) : (
            <>
              <ul aria-label="Campaigns" onKeyDown={moveBetweenRows} className="divide-y divide-line">
                {list.data.map((campaign) => (
                  <li key={campaign.id}>
                    <Link
                      to="/campaigns/$campaignId"
                      params={{ campaignId: campaign.id }}
                      data-row
                      className="flex w-full flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3 text-left outline-offset-[-2px] hover:bg-inset"
                    >
                      <span className="min-w-0">
                        <span className="block truncate font-medium">{campaign.name}</span>
                        <span className="block truncate text-xs text-ink-mute">
                          {[campaign.agent, campaign.caller_id && phone(campaign.caller_id), campaign.zone]
                            .filter(Boolean)
                            .join(' · ') || 'No agent yet'}
                        </span>
                      </span>
                      <span className="flex flex-wrap gap-1.5">
                        <Badge>{campaign.type}</Badge>
                        <Badge>{plural(campaign.concurrency, 'call')} at once</Badge>
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
              <LoadMore
                more={list.hasNextPage}
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
                shown={plural(list.data.length, 'campaign')}
              />
            </>
          )}
        </Panel>
      )}
      {making && <CampaignDialog campaign={undefined} onClose={() => setMaking(false)} />}
    </Page>
  );
}
