import { useLayoutEffect, useRef } from 'react';
import type { Choice } from '@/components/finder';
import { classes } from '@/lib/classes';

type Props = {
  id: string;
  label: string;
  choices: Choice[];
  /** The one that Enter takes. */
  lit: number;
  onLight: (index: number) => void;
  onPick: (value: string) => void;
  /** What it stands below, or above where there is more room. */
  field: HTMLElement | null;
};

export const optionId = (id: string, index: number) => `${id}-${index}`;

/** What fits what is being typed, while the focus stays in the field. */
export function Suggestions({ id, label, choices, lit, onLight, onPick, field }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = list.current;
    if (!box || !field) return;
    // In the top layer nothing around the field cuts it off.
    box.showPopover();
    const place = () => {
      const { left, top, bottom, width } = field.getBoundingClientRect();
      const below = innerHeight - bottom > Math.min(260, top);
      box.style.left = `${Math.max(8, Math.min(left, innerWidth - box.offsetWidth - 8))}px`;
      box.style.minWidth = `${Math.min(width, 320)}px`;
      box.style.maxHeight = `${Math.min(260, below ? innerHeight - bottom - 12 : top - 12)}px`;
      box.style.top = below ? `${bottom + 4}px` : 'auto';
      box.style.bottom = below ? 'auto' : `${innerHeight - top + 4}px`;
    };
    place();
    addEventListener('scroll', place, true);
    addEventListener('resize', place);
    return () => {
      removeEventListener('scroll', place, true);
      removeEventListener('resize', place);
    };
  }, [field]);
  useLayoutEffect(() => {
    list.current?.children[lit]?.scrollIntoView({ block: 'nearest' });
  }, [lit]);
  return (
    <div
      ref={list}
      id={id}
      popover="manual"
      role="listbox"
      aria-label={label}
      className="fixed m-0 max-w-[min(30rem,calc(100vw-1rem))] overflow-y-auto overscroll-contain rounded-lg border border-line bg-raised p-1 text-ink shadow-pop"
    >
      {choices.map((choice, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
        <div
          key={choice.value}
          id={optionId(id, i)}
          role="option"
          tabIndex={-1}
          aria-selected={i === lit}
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => i !== lit && onLight(i)}
          onClick={() => onPick(choice.value)}
          className={classes(
            'flex cursor-default items-baseline justify-between gap-4 rounded-md px-2 py-1 select-none',
            i === lit && 'bg-inset',
          )}
        >
          <span className="font-mono text-xs break-all">{choice.label}</span>
          {choice.hint && (
            <span className="max-w-[55%] shrink-0 truncate text-xs text-ink-mute">{choice.hint}</span>
          )}
        </div>
      ))}
    </div>
  );
}
