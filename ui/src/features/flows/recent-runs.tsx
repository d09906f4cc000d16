import { Time } from '@/components/time';
import type { FlowRow } from '@/lib/types';

/** How many of a flow's newest runs succeeded, and when the last one began. */
export function RecentRuns({ recent }: { recent: FlowRow['recent'] }) {
  if (!recent?.last) return <span className="text-xs text-ink-mute max-md:order-3">no runs yet</span>;
  const { ended, succeeded, last } = recent;
  const failed = ended - succeeded;
  return (
    <span className="flex flex-col text-xs text-ink-soft max-md:order-3">
      <span className={failed > 0 ? 'text-bad' : ended > 0 ? 'text-ok' : ''}>
        {ended === 0 ? 'under way' : `${succeeded} of ${ended} succeeded`}
      </span>
      <span className="text-ink-mute">
        last <Time at={last.started_at} relative />
      </span>
    </span>
  );
}
