import { Link, useNavigate } from '@tanstack/react-router';
import { Empty } from '@/components/empty';
import { EventLink } from '@/components/event-link';
import { Rows } from '@/components/rows';
import { Time } from '@/components/time';
import type { Call } from '@/lib/types';
import { EventBadges } from './event-badges';
import { EventDrawer } from './event-drawer';

type Props = { call: Call /** The event that is looked at. */; event: string | undefined };

/** The events that the call raised, newest first, and the runs of each; one of them beside the list. */
export function CallEvents({ call, event }: Props) {
  const navigate = useNavigate({ from: '/calls/$callId' });
  const close = () => void navigate({ search: { tab: 'events' }, replace: true, resetScroll: false });
  return (
    <>
      <EventRows call={call} />
      {event && <EventDrawer callId={call.id} id={event} onClose={close} />}
    </>
  );
}

function EventRows({ call: { id, events, runs } }: { call: Call }) {
  if (events.length === 0) {
    return <Empty title="No event yet">Every moment that the platform tells of becomes an event here.</Empty>;
  }
  return (
    <Rows
      label="Events"
      count={events.length}
      height={49}
      keyOf={(index) => events[index]?.id ?? index}
      className="divide-y divide-line"
      row={(index) => {
        const event = events[index];
        if (!event) return null;
        const started = runs.filter((run) => run.event.id === event.id);
        return (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <EventLink callId={id} event={event} stays />
            <span className="text-ink-soft">
              <Time at={event.at} />
            </span>
            <EventBadges event={event} />
            <span className="ml-auto flex flex-wrap justify-end gap-x-3 text-xs">
              {started.length === 0 ? (
                <span className="text-ink-mute">started nothing</span>
              ) : (
                started.map((run) => (
                  <Link
                    key={run.id}
                    to="/runs/$runId"
                    params={{ runId: run.id }}
                    className="rounded text-accent hover:underline"
                  >
                    {run.flow.name}
                  </Link>
                ))
              )}
            </span>
          </div>
        );
      }}
    />
  );
}
