import { Link } from '@tanstack/react-router';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { useEntries } from './entries';

/** All settings screens, and what each is for. */
export function SettingsPage() {
  const entries = useEntries();
  return (
    <Page narrow title="Settings">
      {entries.map((group) => (
        <Panel key={group.title} title={group.title} flush>
          <ul className="divide-y divide-line">
            {group.items.map(({ to, label, about, icon: Icon }) => (
              <li key={to}>
                <Link to={to} className="flex items-center gap-3 px-4 py-2.5 hover:bg-inset">
                  <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-mute" strokeWidth={1.75} />
                  <span className="min-w-0">
                    <span className="block font-medium">{label}</span>
                    <span className="block text-xs text-ink-mute">{about}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </Page>
  );
}
