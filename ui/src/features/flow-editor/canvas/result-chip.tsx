import { tones } from '@/components/status';
import { StatusDot } from '@/components/status-dot';
import { classes } from '@/lib/classes';
import { type NodeResult, wordsOfResult } from './results';

/** How a step went, on the edge of its node, whose name says it too. */
export function ResultChip({ result }: { result: NodeResult }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        'pointer-events-none absolute right-2 -bottom-2.5 flex h-5 max-w-[calc(100%-1rem)] items-center gap-1 rounded-full border border-line px-1.5 text-[0.6875rem] whitespace-nowrap',
        tones[result.tone],
      )}
    >
      <StatusDot tone={result.tone} />
      <span className="truncate">{wordsOfResult(result)}</span>
    </span>
  );
}
