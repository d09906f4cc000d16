import { X } from 'lucide-react';
import { useRef } from 'react';

type Chip = { label: string; onRemove: () => void };

/** Filters that are in force, each with what takes it away. */
export function FilterChips({ chips }: { chips: Chip[] }) {
  const list = useRef<HTMLUListElement>(null);
  if (chips.length === 0) return null;
  /** The focus to the next chip, else the one before, else the first filter: what has it is taken away. */
  const leave = (index: number) => {
    const all = list.current?.querySelectorAll('button') ?? [];
    const first = list.current?.closest('search')?.querySelector<HTMLElement>('input, select');
    (all[index + 1] ?? all[index - 1] ?? first)?.focus();
  };
  return (
    <ul ref={list} aria-label="Filters in force" className="flex min-w-0 flex-wrap gap-1.5 max-sm:col-span-2">
      {chips.map(({ label, onRemove }, i) => (
        <li key={label} className="flex max-w-full min-w-0">
          <button
            type="button"
            aria-label={`Without “${label}”`}
            title={`${label}: take it away`}
            onClick={() => {
              leave(i);
              onRemove();
            }}
            className="inline-flex min-h-7 max-w-full min-w-0 items-center gap-1.5 rounded-full border border-line-strong bg-inset px-2.5 text-xs hover:border-ink-mute"
          >
            <span className="truncate">{label}</span>
            <X aria-hidden="true" className="size-3 shrink-0 text-ink-mute" />
          </button>
        </li>
      ))}
    </ul>
  );
}
