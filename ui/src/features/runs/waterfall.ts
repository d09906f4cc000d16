import { toMicros } from '@/lib/time';
import type { Entry } from '@/lib/types';

/** A stretch of time in microseconds. */
export type Span = { from: number; to: number };
/** A stretch without work that is drawn shorter than it was; `at` and `width` are fractions of the axis. */
export type Gap = { at: number; width: number; micros: number };
/** While it is `idle` only others work: it does not keep a stretch from being compressed. */
export type Item = Span & { idle?: boolean };
export type Place = { left: number; width: number };
export type Waterfall<T> = {
  bars: (T & Place)[];
  gaps: Gap[];
  ticks: { at: number; micros: number }[];
  span: Span;
};

/** Share of the axis that one compressed gap takes. */
const GAP = 0.07;
/** Share of the axis that the label of a tick may need. */
const LABEL = 0.18;
/** All compressed gaps together never take more than this share. */
const GAPS = 0.42;

export function spanOf(entry: Entry): Span {
  const start = toMicros(entry.started_at);
  return { from: start - (entry.queued_us ?? 0), to: Math.max(start, toMicros(entry.ended_at)) };
}

/** Lays out attempts and parts on one axis: lengths are proportional, only long waits between them are compressed. */
export function layOut<T extends Item>(items: T[], begin?: number): Waterfall<T> {
  let from = begin ?? Number.POSITIVE_INFINITY;
  let to = begin ?? Number.NEGATIVE_INFINITY;
  for (const item of items) {
    from = Math.min(from, item.from);
    to = Math.max(to, item.to);
  }
  if (items.length === 0)
    return { bars: [], gaps: [], ticks: [], span: { from: begin ?? 0, to: begin ?? 0 } };

  const working = items.filter(({ idle }) => !idle);
  const scale = compress(busy(working.length > 0 ? working : items), { from, to });
  const bars = items.map((item) => {
    const left = scale.at(item.from);
    return { ...item, left, width: scale.at(item.to) - left };
  });
  return { bars, gaps: scale.gaps, ticks: ticks(scale, { from, to }), span: { from, to } };
}

/** The stretches in which something was going on, in order, without overlaps. */
function busy(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ from: span.from, to: span.to });
  }
  return merged;
}

type Piece = Span & { at: number; width: number; gap: boolean };
type Scale = { at: (micros: number) => number; gaps: Gap[]; pieces: Piece[] };

function compress(work: Span[], whole: Span): Scale {
  const worked = work.reduce((sum, span) => sum + span.to - span.from, 0);
  const isLong = (micros: number) => micros > Math.max(worked * 0.6, 20_000);
  const cuts: (Span & { gap: boolean })[] = [];
  let at = whole.from;
  const upTo = (to: number, gap: boolean) => {
    if (to > at) cuts.push({ from: at, to, gap });
    at = Math.max(at, to);
  };
  for (const span of work) {
    upTo(span.from, isLong(span.from - at));
    upTo(span.to, false);
  }
  upTo(whole.to, isLong(whole.to - at));

  const long = cuts.filter((cut) => cut.gap).length;
  const gapWidth = long > 0 ? Math.min(GAP, GAPS / long) : 0;
  const proportional = cuts.reduce((sum, cut) => sum + (cut.gap ? 0 : cut.to - cut.from), 0);
  const rest = 1 - gapWidth * long;
  let left = 0;
  const pieces = cuts.map((cut) => {
    const width = cut.gap ? gapWidth : proportional > 0 ? ((cut.to - cut.from) / proportional) * rest : 0;
    const piece = { ...cut, at: left, width };
    left += width;
    return piece;
  });
  return {
    pieces,
    gaps: pieces
      .filter((piece) => piece.gap)
      .map((piece) => ({ at: piece.at, width: piece.width, micros: piece.to - piece.from })),
    at: (micros) => {
      // The first piece that ends no earlier, else the last one.
      let [low, high] = [0, pieces.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (micros <= (pieces[middle] as Piece).to) high = middle;
        else low = middle + 1;
      }
      const piece = pieces[low];
      if (!piece) return 0;
      const share = piece.to > piece.from ? (micros - piece.from) / (piece.to - piece.from) : 0;
      return piece.at + Math.min(1, Math.max(0, share)) * piece.width;
    },
  };
}

/** Times on the axis: the ends of proportional stretches, as far as their labels have room beside each other. */
function ticks(scale: Scale, span: Span): { at: number; micros: number }[] {
  const found: { at: number; micros: number }[] = [{ at: 0, micros: 0 }];
  for (const piece of scale.pieces) {
    if (piece.gap) continue;
    const parts = Math.max(1, Math.floor(piece.width / 0.24));
    for (let i = 0; i <= parts; i += 1) {
      const micros = piece.from + ((piece.to - piece.from) * i) / parts;
      const at = scale.at(micros);
      // The label of the end stands to the left of its place: nothing else may stand there.
      if (at - (found.at(-1)?.at ?? 0) >= LABEL && at <= 1 - 2 * LABEL)
        found.push({ at, micros: micros - span.from });
    }
  }
  if (span.to > span.from) found.push({ at: 1, micros: span.to - span.from });
  return found;
}
