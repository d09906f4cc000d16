import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Megaphone } from 'lucide-react';
import { Badge } from '@/components/badge';
import { Empty } from '@/components/empty';
import { Failure } from '@/components/failure';
import { Panel } from '@/components/panel';
import { Skeleton } from '@/components/skeleton';
import { contactCampaignsQuery } from '@/lib/server/contacts';

/** The outbound campaigns whose contacts this one is among. */
export function ContactCampaigns({ id }: { id: string }) {
  const query = useQuery(contactCampaignsQuery(id));
  return (
    <Panel flush title="Campaigns">
      {query.isError && !query.data ? (
        <div className="p-4">
          <Failure
            error={query.error}
            what="The campaigns could not be loaded"
            retry={() => void query.refetch()}
          />
        </div>
      ) : !query.data ? (
        <Skeleton rows={2} />
      ) : query.data.length === 0 ? (
        <Empty icon={<Megaphone />} title="In no campaign">
          A campaign’s “Contacts” says by columns and their values whom it is for; one that says nothing is
          for all.
        </Empty>
      ) : (
        <ul aria-label="Campaigns of this contact" className="divide-y divide-line">
          {query.data.map((campaign) => (
            <li key={campaign.id}>
              <Link
                to="/campaigns/$campaignId"
                params={{ campaignId: campaign.id }}
                className="flex items-center justify-between gap-2 px-4 py-2 outline-offset-[-2px] hover:bg-inset"
              >
                <span className="truncate">{campaign.name}</span>
                {!campaign.may_be_called && <Badge tone="bad">Do not call</Badge>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
