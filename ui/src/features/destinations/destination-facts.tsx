import { Link } from '@tanstack/react-router';
import { Facts } from '@/components/facts';
import { Time } from '@/components/time';
import { plural } from '@/lib/format';
import type { Destination } from '@/lib/types';
import { limitsText } from './limits';

/** What waits, what went wrong last, and what is set. */
export function DestinationFacts({ destination }: { destination: Destination }) {
  const { waiting, recent, last_failure: failure, failing_since, next_probe_at, since } = destination;
  return (
    <Facts
      facts={[
        ['Waiting', waiting > 0 && <strong className="font-medium">{plural(waiting, 'run')}</strong>],
        ['So since', since && <Time at={since} relative />],
        ['Next try', next_probe_at && <Time at={next_probe_at} relative />],
        ['Failing since', failing_since && <Time at={failing_since} relative />],
        [
          'Last minutes',
          recent.succeeded + recent.failed > 0 && `${recent.succeeded} well, ${recent.failed} failed`,
        ],
        [
          'Last failure',
          failure && (
            <>
              {failure.message} · <Time at={failure.at} />
              {' · '}
              <Link
                to="/runs/$runId"
                params={{ runId: failure.run_id }}
                className="rounded text-accent underline underline-offset-2"
              >
                the run
              </Link>
            </>
          ),
        ],
        ['Limits', limitsText(destination)],
        ['Note', destination.note],
      ].map(([label, value]) => [label as string, value || null])}
    />
  );
}
