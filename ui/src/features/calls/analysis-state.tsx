import { Link } from '@tanstack/react-router';
import { Spinner } from '@/components/spinner';
import type { Call } from '@/lib/types';

/** Whether the analysis is still to come, or why it did not come. Text from calls stays text. */
export function AnalysisState({ analysis }: { analysis: Call['snapshot']['analysis'] }) {
  if (analysis?.state === 'pending') {
    return (
      <p role="status" className="flex items-center gap-2 text-ink-soft">
        <Spinner /> The call is being analysed.
      </p>
    );
  }
  const { failure } = analysis ?? {};
  if (!failure) return null;
  return (
    <p role="alert" className="break-words text-bad">
      {failure.message.charAt(0).toUpperCase() + failure.message.slice(1)}{' '}
      <Link
        to="/runs/$runId"
        params={{ runId: failure.run_id }}
        className="rounded text-accent underline-offset-2 hover:underline"
      >
        See the run
      </Link>
    </p>
  );
}
