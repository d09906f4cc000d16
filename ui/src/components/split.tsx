import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { classes } from '@/lib/classes';
import { recall, remember } from '@/lib/storage';

const key = 'split';
const clamp = (percent: number) => Math.min(75, Math.max(30, percent));

function remembered(): number {
  const value = Number(recall(key));
  return value > 0 ? clamp(value) : 54;
}

/** Two panels with a divider that is dragged or moved by arrow keys; on narrow screens one below the other. Without the right one
 * the left one has all the room. */
export function Split({ left, right, label }: { left: ReactNode; right: ReactNode; label: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const [percent, setPercent] = useState(remembered);

  const move = (next: number) => {
    setPercent(clamp(next));
    remember(key, String(clamp(next)));
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const box = frame.current?.getBoundingClientRect();
    if (box && event.currentTarget.hasPointerCapture(event.pointerId)) {
      move(((event.clientX - box.left) / box.width) * 100);
    }
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
    if (step) {
      event.preventDefault();
      move(percent + step);
    }
  };
  return (
    <div
      ref={frame}
      style={{ '--left': `${percent}%` } as React.CSSProperties}
      className={classes(
        'flex min-w-0 flex-col gap-4',
        right ? 'lg:grid lg:grid-cols-[calc(var(--left)-0.5rem)_1rem_minmax(0,1fr)] lg:gap-0' : false,
      )}
    >
      <div className="min-w-0">{left}</div>
      {right && (
        <>
          <div
            role="separator"
            aria-orientation="vertical"
            aria-label={label}
            aria-valuenow={Math.round(percent)}
            aria-valuemin={30}
            aria-valuemax={75}
            tabIndex={0}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            onKeyDown={press}
            className="group hidden cursor-col-resize touch-none items-stretch justify-center rounded lg:flex"
          >
            <span className="w-px rounded bg-transparent group-hover:w-0.5 group-hover:bg-line-strong group-active:bg-accent" />
          </div>
          <div className="min-w-0">{right}</div>
        </>
      )}
    </div>
  );
}
