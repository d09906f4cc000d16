import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { IdChip } from '@/components/id-chip';
import { Time } from '@/components/time';
import { plural, position } from '@/lib/format';
import type { Call } from '@/lib/types';
import { ContactLink } from './contact-link';

/** The head of a call: who, when, how long, on which platform. */
export function CallFacts({ call }: { call: Call }) {
  const { snapshot } = call;
  const facts: [string, ReactNode][] = [
    ['Call', <IdChip key="id" id={call.id} label="Copy call id" />],
    ['Platform', call.provider],
    ['Platform’s id', <IdChip key="their" id={snapshot.provider_call_id} label="Copy the platform’s id" />],
    ['Direction', snapshot.direction],
    ['Agent', snapshot.agent?.name ?? snapshot.agent?.id],
    ['Contact', snapshot.contact && <ContactLink key="contact" contact={snapshot.contact} />],
    [
      'Campaign',
      snapshot.campaign?.profile ? (
        <Link
          key="campaign"
          to="/campaigns/$campaignId"
          params={{ campaignId: snapshot.campaign.profile.id }}
          className="text-accent hover:underline"
        >
          {snapshot.campaign.profile.name}
        </Link>
      ) : (
        (snapshot.campaign?.name ?? snapshot.campaign?.id)
      ),
    ],
    ['Started', snapshot.started_at && <Time key="started" at={snapshot.started_at} />],
    ['Ended', snapshot.ended_at && <Time key="ended" at={snapshot.ended_at} />],
    [
      'Duration',
      typeof snapshot.duration_s === 'number' && (
        <strong key="d" className="font-semibold">
          {position(snapshot.duration_s)}
        </strong>
      ),
    ],
    ['End reason', snapshot.end_reason],
    ['Suppressed', call.duplicates ? plural(call.duplicates, 'duplicate') : undefined],
  ];
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 border-y border-line py-3">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name} className="flex min-w-0 flex-col">
            <dt className="text-xs text-ink-mute">{name}</dt>
            <dd className="flex min-h-6 items-center">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
