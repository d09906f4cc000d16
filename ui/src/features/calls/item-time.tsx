import { position } from '@/lib/format';
import { seek } from '@/lib/seek';
import type { Item } from './axis';

/** When it was, from the start of the call; of a turn that can be heard, a way to hear it. */
export function ItemTime({ item, canPlay }: { item: Item; canPlay: boolean }) {
  if (item.at === undefined) return null;
  const text = position(item.at);
  const start = item.type === 'turn' ? item.turn.start_s : null;
  if (!canPlay || start == null) return text;
  return (
    <button
      type="button"
      aria-label={`Play from ${text}`}
      title="Play from here"
      onClick={() => seek(start)}
      className="rounded text-accent tabular-nums hover:underline"
    >
      {text}
    </button>
  );
}
