import { Link } from '@tanstack/react-router';
import { Hourglass } from 'lucide-react';
import { Time } from '@/components/time';
import type { Run } from '@/lib/types';

const reasons: Record<NonNullable<Run['held']>['why'], string> = {
  rate: 'which is at its limit',
  circuit: 'which has failed too often to be sent to now',
  paused: 'which somebody has paused',
  concurrency: 'which gets no more calls side by side',
};

/** Why a run that is ready does not begin. */
export function HeldBack({ held }: { held: NonNullable<Run['held']> }) {
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-t border-line px-4 py-2 text-wait"
    >
      <Hourglass aria-hidden="true" className="size-3.5" />
      <span>
        Waits for{' '}
        <Link
          to="/destinations/$name"
          params={{ name: held.destination }}
          className="font-mono underline underline-offset-2"
        >
          {held.destination}
        </Link>
        , {reasons[held.why]}
      </span>
      <span className="text-ink-mute">
        no attempt is spent
        {held.until && (
          <>
            {' · '}looked at again <Time at={held.until} relative />
          </>
        )}
      </span>
    </p>
  );
}
