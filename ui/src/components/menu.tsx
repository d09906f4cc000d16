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

/** A list of actions behind a button; a disabled one says why in its hint. */
export function Menu({ trigger, items, label }: { trigger: ReactElement; items: Item[]; label: string }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="end" className="z-50">
          <Base.Popup
            aria-label={label}
            className="max-w-[min(22rem,calc(100vw-2rem))] min-w-48 rounded-lg border border-line bg-raised p-1 shadow-pop outline-none"
          >
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
