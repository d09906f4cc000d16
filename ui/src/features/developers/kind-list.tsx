import { Link } from '@tanstack/react-router';
import { Hourglass } from 'lucide-react';
import { classes } from '@/lib/classes';
import { moveBetweenRows } from '@/lib/rows';
import type { EventKind } from '@/lib/types';

type Props = { kinds: EventKind[]; shown: string; search: { q?: string; tab?: string } };

/** The kinds in the order of a call's life; below them those that are about runs and flows. */
export function KindList({ kinds, shown, search }: Props) {
  const groups: [string, EventKind[]][] = [
    ['Moments of a call', kinds.filter((kind) => !kind.watches)],
    ['About runs and flows', kinds.filter((kind) => kind.watches)],
  ];
  return (
    <nav
      aria-label="Kinds of events"
      className="flex flex-col gap-3 max-lg:max-h-64 max-lg:overflow-y-auto max-lg:rounded-lg max-lg:border max-lg:border-line max-lg:p-2 lg:sticky lg:top-4"
    >
      {groups
        .filter(([, list]) => list.length > 0)
        .map(([title, list]) => (
          <div key={title}>
            <p className="px-2 pb-1 text-xs text-ink-mute">{title}</p>
            <ul onKeyDown={moveBetweenRows}>
              {list.map(({ kind, asks }) => (
                <li key={kind}>
                  <Link
                    to="/developers/events"
                    search={{ ...search, kind }}
                    replace
                    data-row
                    aria-current={kind === shown ? 'true' : undefined}
                    className={classes(
                      'flex h-8 items-center justify-between gap-2 rounded-md px-2 font-mono text-xs hover:bg-inset',
                      kind === shown ? 'bg-selected font-medium text-ink' : 'text-ink-soft',
                    )}
                  >
                    {kind}
                    {asks && (
                      <Hourglass role="img" aria-label="somebody waits" className="size-3.5 text-live" />
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
    </nav>
  );
}
