import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Send } from 'lucide-react';
import { destinationStates } from '@/components/destination-state';
import { Empty } from '@/components/empty';
import { StatusDot } from '@/components/status-dot';
import { count, plural } from '@/lib/format';
import { destinationsQuery } from '@/lib/server/destinations';
import type { Destination } from '@/lib/types';
import { HealthPanel } from './health-panel';
import { ShareBar } from './share-bar';

/** How those that flows send to are doing at this moment. */
export function DestinationHealth() {
  // Breakers go by the clock; a glance needs no more than this.
  const list = useQuery({ ...destinationsQuery(), refetchInterval: 15_000 });
  const shown = list.data && [...list.data].sort((a, b) => rank(a) - rank(b));
  return (
    <HealthPanel
      title="Destinations"
      to="/destinations"
      label="Destinations by state"
      query={list}
      what="The destinations could not be loaded"
      rows={shown}
      empty={
        <Empty icon={<Send />} title="Nothing was sent lately">
          Each host that a flow sends to appears here with its first call, and turns red when it does not
          answer.
        </Empty>
      }
      line={(each) => <Line key={each.name} destination={each} />}
    />
  );
}

const rank = ({ state, recent }: Destination) =>
  destinationStates[state].order - (recent.failed > 0 ? 0.5 : 0);

function Line({ destination: { name, state, recent, waiting } }: { destination: Destination }) {
  const { tone, label } = destinationStates[state];
  return (
    <li>
      <Link
        to="/destinations/$name"
        params={{ name }}
        className="flex flex-col gap-1.5 px-4 py-2.5 outline-offset-[-2px] hover:bg-inset"
      >
        <span className="flex items-center justify-between gap-3">
          <span className="truncate">{name}</span>
          <span className="flex shrink-0 items-center gap-1.5 text-xs text-ink-soft">
            <StatusDot tone={tone} />
            {label}
          </span>
        </span>
        <ShareBar good={recent.succeeded} bad={recent.failed} />
        <span className="text-xs text-ink-mute">
          {plural(recent.succeeded + recent.failed, 'call')} lately
          {recent.failed > 0 && <span className="text-bad"> · {count(recent.failed)} failed</span>}
          {waiting > 0 && <> · {plural(waiting, 'run')} waiting</>}
        </span>
      </Link>
    </li>
  );
}
