import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/input';
import type { CampaignSettings } from '@/lib/types';
import type { Parts } from './parts';

type Window = NonNullable<CampaignSettings['windows']>[number];

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const usual: Window = { days: days.slice(0, 5), from: '09:00', to: '17:00' };

/** When people may be called, by their own clocks. */
export function WindowFields({ settings, set, problem }: Parts) {
  const all = settings.windows ?? [];
  const put = (at: number, window: Window | undefined) =>
    set({ windows: all.flatMap((each, i) => (i !== at ? [each] : window ? [window] : [])) });
  const wrong = problem('/windows');
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">Calling times</legend>
      <p className="text-xs text-ink-mute">By the clock of whoever is called. None: at any time.</p>
      {all.map((window, at) => (
        <div
          key={at}
          className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line p-2"
        >
          <span className="flex flex-wrap gap-x-2.5 gap-y-1">
            {days.map((day) => (
              <label key={day} className="flex items-center gap-1 text-xs">
                <input
                  type="checkbox"
                  className="size-3.5 accent-accent"
                  checked={window.days.includes(day)}
                  onChange={({ target }) =>
                    put(at, {
                      ...window,
                      days: days.filter((each) =>
                        each === day ? target.checked : window.days.includes(each),
                      ),
                    })
                  }
                />
                {day}
              </label>
            ))}
          </span>
          <span className="flex items-center gap-1.5">
            {(['from', 'to'] as const).map((end) => (
              <Input
                key={end}
                aria-label={`${end === 'from' ? 'From' : 'To'}, time ${at + 1}`}
                className="w-20"
                maxLength={5}
                value={window[end]}
                onChange={(event) => put(at, { ...window, [end]: event.target.value })}
              />
            ))}
            <IconButton
              label={`Remove time ${at + 1}`}
              icon={<Trash2 aria-hidden="true" />}
              onClick={() => put(at, undefined)}
            />
          </span>
        </div>
      ))}
      {wrong && <p className="text-xs text-bad">{wrong}</p>}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" />}
          onClick={() => set({ windows: [...all, usual] })}
        >
          Add a time
        </Button>
      </div>
    </fieldset>
  );
}
