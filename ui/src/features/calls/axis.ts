/** What stands on the one time axis of a call, in order. */
export type Turn = { role: string; text: string; start_s?: number | null; end_s?: number | null };
export type Moment = { id: string; kind: string; at: string; synthetic?: boolean };
export type Item =
  | { type: 'turn'; at: number | undefined; turn: Turn }
  | { type: 'silence'; at: number; seconds: number }
  | { type: 'moment'; at: number | undefined; moment: Moment };

/** Silence shorter than this is a breath. */
const SILENCE_S = 1;

/** Orders turns and moments by their time from the start of the call; silence between turns becomes an item. Without a
 * start, moments follow the turns. */
export function toAxis(turns: Turn[], moments: Moment[], startedAt: string | null | undefined): Item[] {
  const start = startedAt ? Date.parse(startedAt) : Number.NaN;
  const items: Item[] = [];
  let last: number | undefined;
  for (const turn of turns) {
    const at = turn.start_s ?? undefined;
    if (at !== undefined && last !== undefined && at - last > SILENCE_S) {
      items.push({ type: 'silence', at: last, seconds: at - last });
    }
    items.push({ type: 'turn', at, turn });
    last = turn.end_s ?? undefined;
  }
  const placed = moments
    .map((moment): Item & { type: 'moment' } => {
      const at = (Date.parse(moment.at) - start) / 1000;
      return { type: 'moment', at: Number.isNaN(at) ? undefined : at, moment };
    })
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  for (const item of placed) {
    const place =
      item.at === undefined
        ? -1
        : items.findIndex((other) => other.at !== undefined && other.at > (item.at as number));
    items.splice(place < 0 ? items.length : place, 0, item);
  }
  return items;
}
