import { classes } from '@/lib/classes';
import { wait } from '@/lib/format';
import type { Gap } from './waterfall';

/** `after`: in the row before the gap, to its right; `before`: in the row after it, to its left. */
export type Side = 'after' | 'before';

/** How long a compressed gap really was, beside the hatching and never on a bar. */
export function GapLabel({ gap, side }: { gap: Gap; side: Side }) {
  const place =
    side === 'after' ? { left: `${gap.at * 100}%` } : { right: `${(1 - gap.at - gap.width) * 100}%` };
  return (
    <span
      style={place}
      className={classes(
        'absolute top-1/2 z-10 -translate-y-1/2 rounded bg-wait-soft px-1 text-[0.6875rem] leading-4 whitespace-nowrap text-wait',
        side === 'after' ? 'ml-1' : 'mr-1',
      )}
    >
      waited {wait(gap.micros)}
    </span>
  );
}
