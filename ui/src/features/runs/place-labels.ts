import type { Side } from './gap-label';
import type { Gap, Place } from './waterfall';

/** Which row says how long a gap was: the one before it while there is room to the right, else the one after it. */
export function placeLabels(bars: Place[], gaps: Gap[]): Map<number, { gap: Gap; side: Side }> {
  const labels = new Map<number, { gap: Gap; side: Side }>();
  for (const gap of gaps) {
    const next = bars.findIndex((bar) => bar.left >= gap.at + gap.width - 1e-9);
    if (next > 0 && gap.at < 0.5) labels.set(next - 1, { gap, side: 'after' });
    else if (next >= 0) labels.set(next, { gap, side: 'before' });
  }
  return labels;
}
