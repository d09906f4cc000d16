import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { classes } from '@/lib/classes';
import { rowStep } from '@/lib/rows';

export type RowsHandle = { show: (index: number) => void; focus: (index: number) => void };

type Props = {
  count: number;
  /** Whether more can be loaded: their number is not known then. */
  more?: boolean;
  /** Told when the last rows come into view. */
  onEnd?: () => void;
  /** What a row is about as high as, in pixels. */
  height: number;
  keyOf: (index: number) => string | number;
  row: (index: number) => ReactNode;
  label: string;
  /** Rows with one thing each, marked `data-row`, that the keys move between. */
  keys?: boolean;
  /** Each row is an option of its own; it says which one it is. */
  options?: boolean;
  className?: string;
  rowClass?: (index: number) => string | false | undefined;
  ref?: Ref<RowsHandle>;
};

/** Shorter lists are there as a whole: a browser's search finds all of them. */
const WHOLE = 80;

/** A list of any length that scrolls with the page; of a long one only what is near the view is there. */
export function Rows({
  count,
  more = false,
  onEnd,
  height,
  keyOf,
  row,
  label,
  keys = false,
  options = false,
  className,
  rowClass,
  ref,
}: Props) {
  const frame = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  const [focused, setFocused] = useState(-1);
  const wanted = useRef(-1);
  const whole = count <= WHOLE;

  // What stands above may grow or go: the place of the list is measured after every change of the page.
  useLayoutEffect(() => {
    const top = Math.round((frame.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    if (top !== offset) setOffset(top);
  });

  const rows = useWindowVirtualizer({
    count,
    enabled: !whole,
    estimateSize: () => height,
    getItemKey: keyOf,
    overscan: 8,
    scrollMargin: offset,
    scrollPaddingStart: 56,
    // The row that has the focus stays, however far one scrolls.
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      if (focused < 0 || focused >= count || near.includes(focused)) return near;
      return [...near, focused].sort((a, b) => a - b);
    },
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;

  useEffect(() => {
    if (!whole && more && last >= count - 10) onEnd?.();
  }, [whole, more, last, count, onEnd]);

  const find = (index: number) =>
    frame.current?.querySelector<HTMLElement>(`:scope > [data-index="${index}"] [data-row]`);
  useEffect(() => {
    if (wanted.current < 0) return;
    const there = find(wanted.current);
    if (!there) return;
    wanted.current = -1;
    there.focus({ preventScroll: true });
  });

  const show = (index: number) => {
    if (whole) {
      frame.current?.children[index]?.scrollIntoView({ block: 'center' });
    } else rows.scrollToIndex(index, { align: 'center' });
  };
  const focus = (index: number) => {
    const there = find(index);
    setFocused(index);
    if (there) {
      there.focus({ preventScroll: true });
      there.scrollIntoView({ block: 'nearest' });
    } else {
      wanted.current = index;
      rows.scrollToIndex(index, { align: 'auto' });
    }
  };
  useImperativeHandle(ref, () => ({ show, focus }));

  const press = (event: KeyboardEvent) => {
    // What opens over a row has keys of its own.
    if (!event.currentTarget.contains(event.target as Node)) return;
    const item = document.activeElement?.closest('[data-index]');
    const at = item && frame.current?.contains(item) ? Number(item.getAttribute('data-index')) : -1;
    const next = rowStep(event, at, count);
    if (next === undefined) return;
    event.preventDefault();
    focus(next);
  };

  const item = (index: number, start?: number) => (
    <li
      key={keyOf(index)}
      data-index={index}
      ref={start === undefined ? undefined : rows.measureElement}
      {...(options
        ? { role: 'presentation' }
        : { 'aria-setsize': more ? -1 : count, 'aria-posinset': index + 1 })}
      style={start === undefined ? undefined : { transform: `translateY(${start - offset}px)` }}
      className={classes(start !== undefined && 'absolute top-0 left-0 w-full', rowClass?.(index))}
    >
      {row(index)}
    </li>
  );
  return (
    <ul
      ref={frame}
      role={options ? 'listbox' : undefined}
      aria-label={label}
      onKeyDown={keys ? press : undefined}
      onFocus={
        keys
          ? ({ target }) =>
              setFocused(Number(target.closest('[data-index]')?.getAttribute('data-index') ?? -1))
          : undefined
      }
      style={whole ? undefined : { height: rows.getTotalSize() }}
      className={classes(!whole && 'relative', className)}
    >
      {whole
        ? Array.from({ length: count }, (_, index) => item(index))
        : shown.map(({ index, start }) => item(index, start))}
    </ul>
  );
}
