import type { Item } from './axis';

/** Where each turn begins in the recording, in order, and which item it is. */
export type Start = { at: number; index: number };

export const startsOf = (items: Item[]): Start[] =>
  items
    .flatMap((item, index) =>
      item.type === 'turn' && item.turn.start_s != null ? [{ at: item.turn.start_s, index }] : [],
    )
    .sort((a, b) => a.at - b.at);

/** The item that is heard at a place of the recording: the last turn that has begun. */
export function heardAt(starts: Start[], at: number): number | undefined {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return starts[low - 1]?.index;
}
