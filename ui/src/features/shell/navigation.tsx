import { Link } from '@tanstack/react-router';
import { FileCode } from 'lucide-react';
import { places } from '@/lib/shortcuts';
import { icons } from './icons';
import { OpenAlerts } from './open-alerts';
import { useIsShown } from './use-is-shown';

const groups: { title?: string; keys: (keyof typeof places)[] }[] = [
  { keys: ['o', 'r', 'c', 'f', 'p', 'a'] },
  { title: 'Who', keys: ['g', 'u', 'm'] },
  { title: 'Connect', keys: ['e', 'n', 'd', 's'] },
  { title: 'Developers', keys: ['v', 'x', 'h', 'l', 'w', 'k', 'i'] },
  { title: 'Manage', keys: ['b', 't'] },
];

const linkClass =
  'flex h-9 shrink-0 md:h-6 items-center gap-2.5 rounded-md px-2 text-ink-soft hover:bg-inset hover:text-ink data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink';

/** The places of the product, in groups. */
export function Navigation({ onGo }: { onGo?: () => void }) {
  const isShown = useIsShown();
  return (
    <nav aria-label="Main" className="flex flex-col gap-2">
      {groups.map((group, i) => (
        <div key={i} className="flex flex-col">
          {group.title && <p className="px-2 pb-0.5 text-xs text-ink-mute">{group.title}</p>}
          {group.keys.filter(isShown).map((key) => {
            const Icon = icons[key];
            return (
              <Link
                key={key}
                to={places[key].to}
                onClick={onGo}
                activeOptions={{ exact: key === 'o', includeSearch: false }}
                className={linkClass}
              >
                <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
                {places[key].label}
                {key === 'a' && <OpenAlerts />}
              </Link>
            );
          })}
          {group.title === 'Developers' && (
            <a href="/docs" target="_blank" rel="noreferrer" className={linkClass}>
              <FileCode aria-hidden="true" className="size-4" strokeWidth={1.75} />
              API reference
            </a>
          )}
        </div>
      ))}
    </nav>
  );
}
