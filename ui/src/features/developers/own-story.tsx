import { Field } from '@/components/field';
import { Input, inputClass } from '@/components/input';
import { Select } from '@/components/select';
import { classes } from '@/lib/classes';
import type { OwnStory } from '@/lib/types';

/** A story as it is typed. */
export type Draft = { lines: string; ending: string; length: string; disposition: string };
export const NOTHING: Draft = { lines: '', ending: '', length: '', disposition: '' };

/** What is told in place of what the scenario has; null where nothing is. */
export function storyOf({ lines, ending, length, disposition }: Draft): OwnStory | null {
  const turns = lines
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => {
      const [, role = '', text = line] = /^\s*(agent|customer)\s*:(.*)$/i.exec(line) ?? [];
      return { role: role.toLowerCase(), text: text.trim() };
    });
  const story = {
    ...(turns.length > 0 && { transcript: turns }),
    ...(ending && { ending }),
    ...(length && { duration_s: Number(length) }),
    ...(disposition && { disposition }),
  };
  return Object.keys(story).length > 0 ? story : null;
}

type Props = {
  draft: Draft;
  endings: string[];
  set: (change: Partial<Draft>) => void;
  /** What is wrong at a place of the story or below it. */
  problem: (path: string) => string | undefined;
};

/** What is said and how it ends, in place of what the scenario has. */
export function OwnStoryFields({ draft, endings, set, problem }: Props) {
  return (
    <details className="rounded-md border border-line px-3 py-2">
      <summary className="cursor-default font-medium">A story of your own</summary>
      <div className="mt-3 flex flex-col gap-4">
        <Field
          label="What is said"
          help="One turn a line, each after “Agent:” or “Customer:”. Nothing is found out of it but what you say here."
          error={problem('/transcript')}
        >
          {(ids) => (
            <textarea
              {...ids}
              rows={5}
              placeholder={'Agent: Is Thursday fine?\nCustomer: Friday, please.'}
              className={classes(inputClass, 'h-auto py-2 leading-normal')}
              value={draft.lines}
              onChange={(event) => set({ lines: event.target.value })}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="Ending" error={problem('/ending')}>
            {(ids) => (
              <Select {...ids} value={draft.ending} onChange={(event) => set({ ending: event.target.value })}>
                <option value="">As in the scenario</option>
                {endings.map((ending) => (
                  <option key={ending} value={ending}>
                    {ending.replace('_', ' ')}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Seconds" error={problem('/duration_s')}>
            {(ids) => (
              <Input
                {...ids}
                type="number"
                min={0}
                max={86_400}
                value={draft.length}
                onChange={(event) => set({ length: event.target.value })}
              />
            )}
          </Field>
          <Field label="Disposition" error={problem('/disposition')}>
            {(ids) => (
              <Input
                {...ids}
                autoComplete="off"
                maxLength={100}
                placeholder="Call later"
                value={draft.disposition}
                onChange={(event) => set({ disposition: event.target.value })}
              />
            )}
          </Field>
        </div>
      </div>
    </details>
  );
}
