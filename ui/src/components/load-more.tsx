import { useEffect, useRef } from 'react';
import { Button } from './button';

type Props = {
  more: boolean;
  busy: boolean;
  onMore: () => void;
  shown: string;
  /** Loads when it comes into view. */
  auto?: boolean;
};

/** The foot of a list behind a cursor. */
export function LoadMore({ more, busy, onMore, shown, auto = false }: Props) {
  const foot = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  const waits = auto && more && !busy;
  useEffect(() => {
    if (!waits || !foot.current) return;
    const watch = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && latest.current(),
      { rootMargin: '400px' },
    );
    watch.observe(foot.current);
    return () => watch.disconnect();
  }, [waits]);
  return (
    <div
      ref={foot}
      className="flex items-center justify-between gap-4 border-t border-line px-4 py-2 text-xs text-ink-mute"
    >
      <span>{more ? `${shown} so far` : shown}</span>
      {more && (
        <Button size="sm" busy={busy} onClick={onMore}>
          Load more
        </Button>
      )}
    </div>
  );
}
