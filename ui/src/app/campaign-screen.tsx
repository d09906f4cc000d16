import { LatestCalls } from '@/features/calls/latest-calls';
import { CampaignPage } from '@/features/campaigns/campaign-page';

/** A campaign with what it borrows: its calls. */
export function CampaignScreen() {
  return (
    <CampaignPage
      calls={(campaign) => (
        <LatestCalls
          filter={{ campaign }}
          empty="Calls whose platform names this campaign, by its name here or by the platform’s id of it, appear here."
        />
      )}
    />
  );
}
