import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Badge } from '@/components/badge';
import { Drawer } from '@/components/drawer';
import { Facts } from '@/components/facts';
import { Failure } from '@/components/failure';
import { IdChip } from '@/components/id-chip';
import { JsonText } from '@/components/json-text';
import { RunLine } from '@/components/run-line';
import { Skeleton } from '@/components/skeleton';
import { Tabs } from '@/components/tabs';
import { Time } from '@/components/time';
import { eventPayloadQuery, eventQuery } from '@/lib/server/calls';
import type { EventDetail } from '@/lib/types';
import { EventBadges } from './event-badges';

type Props = { callId: string; id: string; onClose: () => void };

/** One event of a call: what flows saw of it, the message it came of, and the runs that it started. */
export function EventDrawer({ callId, id, onClose }: Props) {
  const event = useQuery(eventQuery(callId, id));
  const { data } = event;
  return (
    <Drawer
      open
      onClose={onClose}
      title={
        data ? (
          <span className="flex flex-wrap items-center gap-2">
            <Badge mono>{data.kind}</Badge>
            <EventBadges event={data} />
          </span>
        ) : (
          'Event'
        )
      }
    >
      {event.isError && !data ? (
        <Failure
          error={event.error}
          what="The event could not be loaded"
          retry={() => void event.refetch()}
        />
      ) : data ? (
        <>
          <Facts
            facts={[
              ['Event', <IdChip key="id" id={data.id} label="Copy event id" />],
              ['Happened', <Time key="at" at={data.at} />],
              ['Message', data.provider_event],
              ['Came in', data.received_at && <Time key="in" at={data.received_at} />],
              [
                'Endpoint',
                data.endpoint_id && (
                  <Link
                    key="endpoint"
                    to="/endpoints/$endpointId"
                    params={{ endpointId: data.endpoint_id }}
                    className="rounded text-accent hover:underline"
                  >
                    {data.endpoint_id}
                  </Link>
                ),
              ],
            ]}
          />
          <section aria-label="Runs of the event">
            <h3 className="mb-1 font-medium">Runs</h3>
            {data.runs.length === 0 ? (
              <p className="text-ink-mute">
                It started nothing: no flow that was on starts on {data.kind} and takes this call.
              </p>
            ) : (
              <ul className="@container divide-y divide-line rounded-md border border-line">
                {data.runs.map((run) => (
                  <li key={run.id}>
                    <RunLine run={run} hideFlow={false} selection={undefined} />
                  </li>
                ))}
              </ul>
            )}
          </section>
          <Parts callId={callId} event={data} />
        </>
      ) : (
        <Skeleton rows={8} label="Loading the event" />
      )}
    </Drawer>
  );
}

type PartsProps = { callId: string; event: EventDetail };

function Parts({ callId, event: { id, snapshot, raw, edited } }: PartsProps) {
  const [part, setPart] = useState('payload');
  const json = (value: unknown, label: string) =>
    value === null || value === undefined ? (
      <p className="text-ink-mute">The payload was removed after the retention time.</p>
    ) : (
      <div className="flex flex-col gap-2">
        <JsonText text={JSON.stringify(value)} label={label} />
      </div>
    );
  return (
    <div className="rounded-md border border-line">
      <Tabs
        label="Parts of the event"
        value={part}
        onChange={setPart}
        tabs={[
          {
            value: 'payload',
            label: 'As flows saw it',
            content: <Payload callId={callId} id={id} json={json} />,
          },
          { value: 'call', label: 'The call then', content: json(snapshot, 'the call at this event') },
          {
            value: 'raw',
            label: 'The message',
            content: edited ? (
              <p className="text-ink-mute">
                No message of it came in: it was made of another event for a replay.
              </p>
            ) : (
              json(raw, 'the message as it came in')
            ),
          },
        ]}
      />
    </div>
  );
}

type PayloadProps = { callId: string; id: string; json: (value: unknown, label: string) => ReactNode };

function Payload({ callId, id, json }: PayloadProps) {
  const payload = useQuery(eventPayloadQuery(callId, id));
  if (payload.isError && !payload.data)
    return <Failure error={payload.error} what="The payload could not be loaded" />;
  if (!payload.data) return <Skeleton label="Loading the payload" />;
  return json(payload.data, 'the payload');
}
