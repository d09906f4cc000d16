import { Input } from '@/components/input';
import type { Parts } from './parts';

const cases = [
  ['no_answer', 'When nobody answers'],
  ['busy', 'When it is busy'],
] as const;

/** What happens after a call that did not come about. */
export function AgainFields({ settings, set, problem }: Parts) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium">Calling again</legend>
      {cases.map(([field, label]) => {
        const again = settings[field];
        return (
          <div key={field} className="flex flex-col gap-1">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <label className="flex min-w-44 items-center gap-2">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={Boolean(again)}
                  onChange={({ target }) =>
                    set({ [field]: target.checked ? { attempts: 3, after_minutes: 60 } : null })
                  }
                />
                {label}
              </label>
              {again && (
                <span className="flex flex-wrap items-center gap-1.5 text-ink-soft">
                  up to
                  <Input
                    aria-label={`${label}: times`}
                    type="number"
                    min={1}
                    max={20}
                    className="w-16"
                    value={again.attempts}
                    onChange={(event) => set({ [field]: { ...again, attempts: Number(event.target.value) } })}
                  />
                  times, after
                  <Input
                    aria-label={`${label}: minutes`}
                    type="number"
                    min={1}
                    className="w-20"
                    value={again.after_minutes}
                    onChange={(event) =>
                      set({ [field]: { ...again, after_minutes: Number(event.target.value) } })
                    }
                  />
                  minutes
                </span>
              )}
            </div>
            {problem(`/${field}`) && <p className="text-xs text-bad">{problem(`/${field}`)}</p>}
          </div>
        );
      })}
    </fieldset>
  );
}
