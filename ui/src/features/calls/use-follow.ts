import { useCallback, useEffect, useMemo, useState } from 'react';
import { type Place, usePlace, useSeek } from '@/lib/seek';
import { FIELDS, isWithin } from '@/lib/shortcuts';
import type { Item } from './axis';
import { heardAt, startsOf } from './heard';

/** Keys with which people scroll. */
const SCROLLS = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];

/** The item that is heard, which the list goes along with until its reader scrolls elsewhere. */
export function useFollow(items: Item[], show: (index: number) => void) {
  const [heard, setHeard] = useState<number>();
  const [playing, setPlaying] = useState(false);
  const [left, setLeft] = useState(false);
  const starts = useMemo(() => startsOf(items), [items]);
  const follow = useCallback(() => setLeft(false), []);

  useSeek(follow);
  usePlace(
    useCallback(
      (place: Place) => {
        setPlaying(place.playing);
        setHeard(place.at > 0 || place.playing ? heardAt(starts, place.at) : undefined);
      },
      [starts],
    ),
  );
  useEffect(() => {
    if (playing && !left && heard !== undefined) show(heard);
  }, [playing, left, heard, show]);
  useEffect(() => {
    if (!playing) return follow;
    const leave = () => setLeft(true);
    const press = (event: KeyboardEvent) => {
      if (SCROLLS.includes(event.key) && !isWithin(event, FIELDS)) leave();
    };
    window.addEventListener('wheel', leave, { passive: true });
    window.addEventListener('touchmove', leave, { passive: true });
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('wheel', leave);
      window.removeEventListener('touchmove', leave);
      window.removeEventListener('keydown', press);
    };
  }, [playing, follow]);
  return { heard, left: playing && left, follow };
}
