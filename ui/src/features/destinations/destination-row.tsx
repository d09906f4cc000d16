import { Link } from '@tanstack/react-router';
import { Gauge, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/button';
import { Failure } from '@/components/failure';
import { useMay } from '@/lib/may';
import { usePauseDestination } from '@/lib/server/destinations';
import { say } from '@/lib/toasts';
import type { Destination } from '@/lib/types';
import { DestinationFacts } from './destination-facts';
import { LimitsDialog } from './limits-dialog';
import { State } from './state';

export function DestinationRow({ destination }: { destination: Destination }) {
  const { why } = useMay('operate');
  const limits = useMay('write');
  const { name } = destination;
  const [editing, setEditing] = useState(false);
  const pause = usePauseDestination();
  const paused = destination.state === 'paused';
  const toggle = () =>
    pause.mutate(
      { name, pause: !paused },
      { onSuccess: () => say(paused ? `${name} resumes` : `${name} is paused: its runs wait`) },
    );
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <span className="flex min-w-0 flex-wrap items-center gap-2">
          <Link
            to="/destinations/$name"
            params={{ name }}
            className="rounded font-mono text-sm font-medium break-all hover:underline"
          >
            {name}
          </Link>
          <State state={destination.state} />
        </span>
        <span className="flex flex-wrap gap-2">
          {/:\d+$/.test(name) && (
            <Link
              to="/deliveries"
              search={{ destination: name }}
              aria-label={`Deliveries to ${name}`}
              className={buttonClass('quiet', 'sm')}
            >
              Deliveries
            </Link>
          )}
          <Button
            size="sm"
            icon={<Gauge aria-hidden="true" />}
            why={limits.why}
            onClick={() => setEditing(true)}
            aria-label={`Set the limits of ${name}`}
          >
            Limits
          </Button>
          <Button
            size="sm"
            icon={paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
            busy={pause.isPending}
            why={why}
            onClick={toggle}
            aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
          >
            {paused ? 'Resume' : 'Pause'}
          </Button>
        </span>
      </div>
      {pause.isError && <Failure error={pause.error} what="Nothing has changed" />}
      <DestinationFacts destination={destination} />
      {editing && <LimitsDialog destination={destination} onClose={() => setEditing(false)} />}
    </li>
  );
}
