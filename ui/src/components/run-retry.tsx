import { ago } from '@/lib/format';
import { toMillis } from '@/lib/time';
import type { RunRow } from '@/lib/types';
import { useNow } from '@/lib/use-now';

/** Whether a run waits since attempts failed. */
export const isRetrying = ({ status, attempt }: Pick<RunRow, 'status' | 'attempt'>): boolean =>
  status === 'waiting' && attempt > 1;

/** How often the step has failed at which a run waits, and when it is tried again. */
export function RunRetry({ run }: { run: RunRow }) {
  const now = useNow(10_000);
  const { attempt, held, next_attempt_at: next } = run;
  const failed = attempt === 2 ? 'once' : attempt === 3 ? 'twice' : `${attempt - 1} times`;
  const when = held
    ? `waits for ${held.destination}`
    : next && (toMillis(next) - now >= 3000 ? `next ${ago(next, now)}` : 'next now');
  return <span className="text-wait">{[`failed ${failed}`, when].filter(Boolean).join(', ')}</span>;
}
