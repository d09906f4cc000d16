import { Link, Outlet } from '@tanstack/react-router';
import { useEntries } from './entries';

/** Beside every settings screen: the list of all of them. On a small screen the index has it. */
export function SettingsFrame() {
  const entries = useEntries();
  return (
    <div className="mx-auto flex w-full max-w-6xl">
      <nav aria-label="Settings" className="hidden w-44 shrink-0 flex-col gap-4 py-5 pl-4 lg:flex">
        {entries.map((group) => (
          <div key={group.title} className="flex flex-col gap-0.5">
            <p className="px-2 pb-1 text-xs text-ink-mute">{group.title}</p>
            {group.items.map(({ to, label }) => (
              <Link
                key={to}
                to={to}
                activeOptions={{ includeSearch: false }}
                className="flex min-h-8 items-center rounded-md px-2 py-1 text-ink-soft hover:bg-inset hover:text-ink data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink"
              >
                {label}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <div className="min-w-0 flex-1">
        <Link
          to="/settings"
          className="inline-block px-4 pt-3 text-ink-soft hover:text-ink hover:underline sm:px-6 lg:hidden"
          activeOptions={{ exact: true }}
          activeProps={{ className: 'hidden' }}
        >
          ‹ All settings
        </Link>
        <Outlet />
      </div>
    </div>
  );
}
