import { Link } from '@tanstack/react-router';
import { CircleX } from 'lucide-react';
import { Time } from '@/components/time';
import type { RunRow } from '@/lib/types';

/** A run that gave up; it leads to the attempt. */
export function FailedLine({ run }: { run: RunRow }) {
  return (
    <li>
      <Link
        to="/runs/$runId"
        params={{ runId: run.id }}
        className="flex gap-2.5 px-4 py-2 outline-offset-[-2px] hover:bg-inset"
      >
        <CircleX aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" strokeWidth={1.75} />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex justify-between gap-3">
            <span className="truncate">{run.flow.name}</span>
            <span className="shrink-0 text-xs text-ink-mute">
              <Time at={run.ended_at ?? run.updated_at} relative />
            </span>
          </span>
          <span className="truncate text-xs text-ink-mute">{run.error ?? 'failed without a reason'}</span>
        </span>
      </Link>
    </li>
  );
}
