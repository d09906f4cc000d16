import { Link } from '@tanstack/react-router';
import { Badge } from '@/components/badge';
import { Empty } from '@/components/empty';
import { Rows } from '@/components/rows';
import { Time } from '@/components/time';
import type { Call } from '@/lib/types';

/** The events that the call raised, newest first, and the runs of each. */
export function CallEvents({ call: { events, runs } }: { call: Call }) {
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
            <Badge mono>{event.kind}</Badge>
            <span className="text-ink-soft">
              <Time at={event.at} />
            </span>
            {event.settled && <Badge tone="ok">settled</Badge>}
            {event.synthetic && <Badge tone="wait">concluded</Badge>}
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
