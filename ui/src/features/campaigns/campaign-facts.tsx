import { Facts } from '@/components/facts';
import { IdChip } from '@/components/id-chip';
import { Panel } from '@/components/panel';
import { Time } from '@/components/time';
import { phone, plural } from '@/lib/format';
import type { Campaign } from '@/lib/types';
import { AudienceCount } from './audience-count';

type Again = Campaign['no_answer'];

const again = (rule: Again) =>
  rule && `${plural(rule.attempts, 'more try', 'more tries')}, ${plural(rule.after_minutes, 'minute')} apart`;

/** Whom a campaign is for, who calls, and when. */
export function CampaignFacts({ campaign }: { campaign: Campaign }) {
  const columns = campaign.contacts ?? {};
  const pairs = Object.entries(columns).map(([column, value]) => `${column} = ${String(value)}`);
  const blocked = campaign.do_not_call?.length ?? 0;
  return (
    <Panel title="Whom it calls, and how">
      <Facts
        facts={[
          ['Agent', campaign.agent ?? 'None yet'],
          ['Caller id', campaign.caller_id && phone(campaign.caller_id)],
          [
            'Contacts',
            <span key="contacts" className="flex flex-col">
              {pairs.length > 0 ? pairs.map((pair) => <span key={pair}>{pair}</span>) : 'All'}
              <AudienceCount columns={columns} />
            </span>,
          ],
          ['Do not call', blocked > 0 ? `${plural(blocked, 'number')} of its own` : 'None beside contacts'],
          [
            'Calling times',
            (campaign.windows ?? []).length > 0 ? (
              <span key="windows" className="flex flex-col">
                {campaign.windows?.map(({ days, from, to }, at) => (
                  <span key={at}>
                    {days.join(', ')} {from}–{to}
                  </span>
                ))}
              </span>
            ) : (
              'At any time'
            ),
          ],
          ['Time zone', campaign.zone],
          ['Calls at once', campaign.concurrency],
          ['No answer', again(campaign.no_answer)],
          ['Busy', again(campaign.busy)],
          ['Platform’s id', campaign.provider_campaign_id],
          ['Campaign', <IdChip key="id" id={campaign.id} label="Copy campaign id" />],
          ['Last change', <Time key="changed" at={campaign.updated_at} />],
        ]}
      />
    </Panel>
  );
}
