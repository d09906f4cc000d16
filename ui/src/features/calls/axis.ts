/** What stands on the one time axis of a call, in order. */
export type Turn = { role: string; text: string; start_s?: number | null; end_s?: number | null };
export type Moment = {
  id: string;
  kind: string;
  at: string;
  synthetic?: boolean;
  settled?: boolean;
  backfilled?: boolean;
  edited?: object | null;
};
export type Item =
  | { type: 'turn'; at: number | undefined; turn: Turn; number: number }
  | { type: 'silence'; at: number; seconds: number }
  | { type: 'moment'; at: number | undefined; moment: Moment };

/** Silence shorter than this is a breath. */
const SILENCE_S = 1;

type Times = { started_at?: string | null; answered_at?: string | null };

/** Orders turns and moments by their time from the start of the call; silence between turns becomes an item. Platforms count
 * turns from the answer, so ringing moves them. Without a start, moments follow the turns. */
export function toAxis(turns: Turn[], moments: Moment[], { started_at, answered_at }: Times): Item[] {
  const start = Date.parse(started_at ?? '');
  const rang = Math.max(0, (Date.parse(answered_at ?? '') - start) / 1000 || 0);
  const items: Item[] = [];
  let last: number | undefined;
  const since = (seconds: number | null | undefined) => (seconds == null ? undefined : seconds + rang);
  for (const [number, turn] of turns.entries()) {
    const at = since(turn.start_s);
    if (at !== undefined && last !== undefined && at - last > SILENCE_S) {
      items.push({ type: 'silence', at: last, seconds: at - last });
    }
    items.push({ type: 'turn', at, turn, number });
    last = since(turn.end_s);
  }
  // They come newest first; what happened at the same time keeps its order.
  const placed = moments
    .toReversed()
    .map((moment): Item & { type: 'moment' } => {
      const at = (Date.parse(moment.at) - start) / 1000;
      return { type: 'moment', at: Number.isNaN(at) ? undefined : at, moment };
    })
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  for (const item of placed) {
    const { at = Number.POSITIVE_INFINITY } = item;
    const follows = (other: Item) =>
      other.at !== undefined && (other.at > at || (other.at === at && other.type !== 'moment'));
    const place = items.findIndex(follows);
    items.splice(place < 0 ? items.length : place, 0, item);
  }
  return items;
}
