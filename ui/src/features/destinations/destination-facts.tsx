import { Link } from '@tanstack/react-router';
import { Facts } from '@/components/facts';
import { Time } from '@/components/time';
import { milliseconds, percent, plural } from '@/lib/format';
import type { Destination } from '@/lib/types';
import { limitsText } from './limits';

/** What waits, what went wrong last, and what is set. */
export function DestinationFacts({ destination }: { destination: Destination }) {
  const { waiting, recent, last_failure: failure, failing_since, next_probe_at, since } = destination;
  const { last_day: day, next_retry: retry } = destination;
  const attempts = day.succeeded + day.failed;
  return (
    <Facts
      facts={[
        ['Waiting', waiting > 0 && <strong className="font-medium">{plural(waiting, 'run')}</strong>],
        ['So since', since && <Time at={since} relative />],
        ['Next try', next_probe_at && <Time at={next_probe_at} relative />],
        [
          'Next retry',
          retry && (
            <>
              <Time at={retry.at} relative />
              {' · '}
              <RunLink run={retry.run_id} />
            </>
          ),
        ],
        ['Failing since', failing_since && <Time at={failing_since} relative />],
        [
          'Last minutes',
          recent.succeeded + recent.failed > 0 && `${recent.succeeded} well, ${recent.failed} failed`,
        ],
        [
          'Last 24 hours',
          attempts > 0 && (
            <>
              <strong className="font-medium">{percent(day.succeeded, attempts)}</strong> of{' '}
              {plural(attempts, 'attempt')} succeeded
              {day.p50_ms !== null && <>, half of those within {milliseconds(day.p50_ms)}</>}
            </>
          ),
        ],
        [
          'Last failure',
          failure && (
            <>
              {failure.message} · <Time at={failure.at} />
              {' · '}
              <RunLink run={failure.run_id} />
            </>
          ),
        ],
        ['Limits', limitsText(destination)],
        ['Note', destination.note],
      ].map(([label, value]) => [label as string, value || null])}
    />
  );
}

function RunLink({ run }: { run: string }) {
  return (
    <Link
      to="/runs/$runId"
      params={{ runId: run }}
      className="rounded text-accent underline underline-offset-2"
    >
      the run
    </Link>
  );
}
