import { Monitor, Moon, Sun } from 'lucide-react';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { setTheme, type Theme, useTheme } from '@/lib/theme';

const choices: [theme: Theme, label: string, about: string, icon: typeof Sun][] = [
  ['system', 'As the system', 'Follows the setting of this computer or phone.', Monitor],
  ['light', 'Light', 'Dark text on a light ground.', Sun],
  ['dark', 'Dark', 'Light text on a dark ground.', Moon],
];

/** How this browser shows the screens; nobody else sees a change. */
export function AppearancePage() {
  const theme = useTheme();
  return (
    <Page narrow title="Appearance" description="Kept in this browser; it changes nothing for others.">
      <Panel flush>
        <fieldset className="divide-y divide-line">
          <legend className="sr-only">Theme</legend>
          {choices.map(([value, label, about, Icon]) => (
            <label key={value} className="flex cursor-pointer items-center gap-3 px-4 py-2.5 hover:bg-inset">
              <input
                type="radio"
                name="theme"
                className="accent-accent"
                checked={theme === value}
                onChange={() => setTheme(value)}
              />
              <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-mute" strokeWidth={1.75} />
              <span>
                <span className="block font-medium">{label}</span>
                <span className="block text-xs text-ink-mute">{about}</span>
              </span>
            </label>
          ))}
        </fieldset>
      </Panel>
    </Page>
  );
}
