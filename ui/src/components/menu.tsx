import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { classes } from '@/lib/classes';

export type Item = {
  label: string;
  hint?: string | undefined;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
};

type Props = { trigger: ReactElement; items: Item[]; label: string; note?: string };

/** A list of actions behind a button, under a note on what they do; a disabled one says why in its hint. */
export function Menu({ trigger, items, label, note }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="end" className="z-50">
          <Base.Popup
            aria-label={label}
            className="max-w-[min(22rem,calc(100vw-2rem))] min-w-48 rounded-lg border border-line bg-raised p-1 shadow-pop outline-none"
          >
            {note && (
              <p className="mb-1 border-b border-line px-2.5 pt-1.5 pb-2 text-xs text-ink-soft">{note}</p>
            )}
            {items.map((item) => (
              <Base.Item
                key={item.label}
                disabled={item.disabled ?? false}
                onClick={item.onSelect}
                className={classes(
                  'flex cursor-default gap-2 rounded-md px-2.5 py-1.5 outline-none select-none data-highlighted:bg-inset data-disabled:cursor-not-allowed [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0',
                  item.danger ? 'text-bad' : '',
                  item.disabled ? 'text-ink-mute' : '',
                )}
              >
                {item.icon}
                <span className="flex flex-col">
                  <span>{item.label}</span>
                  {item.hint && <span className="text-xs text-ink-mute">{item.hint}</span>}
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
