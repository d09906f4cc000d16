import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Badge } from '@/components/badge';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { useMay } from '@/lib/may';
import { campaignQuery } from '@/lib/server/campaigns';
import { CampaignDialog } from './campaign-dialog';
import { CampaignFacts } from './campaign-facts';
import { CampaignOutcomes } from './campaign-outcomes';

/** One campaign: whom it is for, how its calls went, and the newest of them. */
export function CampaignPage({ calls }: { calls: (name: string) => ReactNode }) {
  const { campaignId } = useParams({ from: '/shell/campaigns/$campaignId' });
  const navigate = useNavigate();
  const { why } = useMay('write');
  const query = useQuery(campaignQuery(campaignId));
  const [editing, setEditing] = useState(false);
  const campaign = query.data;
  return (
    <Page
      title={campaign?.name ?? 'Campaign'}
      parent={
        <Link to="/campaigns" className="rounded hover:text-ink hover:underline">
          Campaigns
        </Link>
      }
      beside={campaign && <Badge>{campaign.type}</Badge>}
      actions={
        campaign && (
          <Button icon={<Pencil aria-hidden="true" />} why={why} onClick={() => setEditing(true)}>
            Edit
          </Button>
        )
      }
    >
      {!campaign ? (
        query.isError ? (
          <Failure
            error={query.error}
            what="The campaign could not be loaded"
            retry={() => void query.refetch()}
          />
        ) : (
          <Panel>
            <Skeleton rows={6} label="Loading the campaign" />
          </Panel>
        )
      ) : (
        <div className="grid min-w-0 gap-4 lg:grid-cols-[minmax(18rem,26rem)_minmax(0,1fr)] lg:items-start">
          <CampaignFacts campaign={campaign} />
          <div className="flex min-w-0 flex-col gap-4">
            <CampaignOutcomes id={campaign.id} name={campaign.name} />
            {calls(campaign.name)}
          </div>
        </div>
      )}
      {editing && campaign && (
        <CampaignDialog
          campaign={campaign}
          onClose={() => setEditing(false)}
          onDeleted={() => void navigate({ to: '/campaigns' })}
        />
      )}
    </Page>
  );
}
