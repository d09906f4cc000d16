import { Search } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { Kbd } from '@/components/kbd';
import { findKeys } from '@/lib/shortcuts';

/** Opens the search over everything, and shows the keys that do the same. */
export function FindButton({ onFind, small = false }: { onFind: () => void; small?: boolean }) {
  if (small)
    return <IconButton label="Find anything" icon={<Search aria-hidden="true" />} onClick={onFind} />;
  return (
    <button
      type="button"
      onClick={onFind}
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-7 w-full items-center gap-2.5 rounded-md border border-line bg-surface px-2 text-ink-mute hover:border-ink-mute"
    >
      <Search aria-hidden="true" className="size-4" strokeWidth={1.75} />
      <span>
        Find<span className="sr-only"> anything</span>
      </span>
      <span aria-hidden="true" className="ml-auto flex gap-1">
        {findKeys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </span>
    </button>
  );
}
