import { Button } from './button';

type Props = { more: boolean; busy: boolean; onMore: () => void; shown: string };

/** The foot of a list behind a cursor. */
export function LoadMore({ more, busy, onMore, shown }: Props) {
  return (
    <div className="flex items-center justify-between gap-4 border-t border-line px-4 py-2 text-xs text-ink-mute">
      <span>{more ? `${shown} so far` : shown}</span>
      {more && (
        <Button size="sm" busy={busy} onClick={onMore}>
          Load more
        </Button>
      )}
    </div>
  );
}
