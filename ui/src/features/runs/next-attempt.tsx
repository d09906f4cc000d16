import { Clock, Play } from 'lucide-react';
import { Time } from '@/components/time';
import { wait } from '@/lib/format';
import { toMillis } from '@/lib/time';
import type { Run } from '@/lib/types';
import { useNow } from '@/lib/use-now';
import { HeldBack } from './held-back';

/** What a run that has not ended will do next, and when. */
export function NextAttempt({ run }: { run: Run }) {
  const active = run.status === 'running' || run.status === 'waiting';
  const now = useNow(500, active);
  if (!active) return null;
  if (run.held) return <HeldBack held={run.held} />;
  const last = run.entries.at(-1);
  const due = run.next_attempt_at ?? last?.retry_at;
  if (run.status === 'running' || !due) {
    return (
      <p role="status" className="flex items-center gap-2 border-t border-line px-4 py-2 text-live">
        <Play aria-hidden="true" className="size-3.5 animate-pulse" />
        {run.step ? `${run.step} is being performed` : 'A step is being performed'}
      </p>
    );
  }
  const left = (toMillis(due) - now) * 1000;
  return (
    <p className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2 text-wait">
      <Clock aria-hidden="true" className="size-3.5" />
      {run.step ? `Attempt ${run.attempt} of ${run.step}` : 'Goes on'}{' '}
      {left > 0 ? `in ${wait(Math.ceil(left / 1_000_000) * 1_000_000)}` : 'now'}
      <span className="text-ink-mute">
        <Time at={due} />
      </span>
    </p>
  );
}
