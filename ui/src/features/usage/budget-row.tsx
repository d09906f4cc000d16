import { Badge } from '@/components/badge';
import { classes } from '@/lib/classes';
import { ago, amount, plural } from '@/lib/format';
import type { Budget } from '@/lib/types';
import { nameOf } from './budget-of';

/** How a budget stands: a bar that is full when it is used up. */
export function BudgetRow({ budget, onOpen }: { budget: Budget; onOpen: () => void }) {
  const { share } = budget;
  const tone = share >= 100 ? 'fill-bad' : share >= 80 ? 'fill-wait' : 'fill-accent';
  const whose = budget.agent ?? (budget.flow ? 'one flow' : 'the workspace');
  return (
    <button
      type="button"
      data-row
      onClick={onOpen}
      className="flex w-full flex-col gap-1.5 px-4 py-3 text-left outline-offset-[-2px] hover:bg-inset"
    >
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="truncate font-medium">{budget.name}</span>
          {budget.at_limit === 'stop' && <Badge>stops flows</Badge>}
          {budget.paused_flows.length > 0 && (
            <span className="text-xs text-bad">{plural(budget.paused_flows.length, 'flow')} paused</span>
          )}
        </span>
        <span className={classes('tabular-nums', share >= 100 && 'font-medium text-bad')}>
          {amount(budget.used)} of {amount(budget.limit)} · {share} %
        </span>
      </span>
      <svg
        aria-hidden="true"
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        className="h-1.5 w-full rounded-full"
      >
        <rect width="100" height="1" className="fill-inset" />
        <rect width={Math.min(100, share)} height="1" className={tone} />
      </svg>
      <span className="text-xs text-ink-mute">
        {nameOf(budget.of)} of {whose}, by {budget.per}; begins anew {ago(budget.to)}
      </span>
    </button>
  );
}
