import { useQuery } from '@tanstack/react-query';
import { Field } from '@/components/field';
import { Select } from '@/components/select';
import { classes } from '@/lib/classes';
import { providersQuery } from '@/lib/server/providers';
import type { Rehearsals } from '@/lib/types';

type Props = {
  known: Rehearsals;
  provider: string;
  scenario: string;
  onChoose: (next: { provider?: string; scenario?: string }) => void;
};

/** Whose messages are played, and which story. */
export function ScenarioChoice({ known, provider, scenario, onChoose }: Props) {
  const titles = useQuery(providersQuery()).data;
  const titleOf = (name: string) => titles?.find((each) => each.name === name)?.title ?? name;
  return (
    <div className="flex flex-col gap-3">
      <Field label="In the words of">
        {(ids) => (
          <Select
            {...ids}
            data-search
            className="sm:w-56"
            value={provider}
            onChange={(event) => onChoose({ provider: event.target.value })}
          >
            {known.providers.map((name) => (
              <option key={name} value={name}>
                {titleOf(name)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div role="group" aria-label="Scenario" className="grid grid-cols-2 gap-2">
        {known.scenarios.map(({ name, title, description }) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === scenario}
            onClick={() => onChoose({ scenario: name })}
            className={classes(
              'rounded-lg border p-3 text-left',
              name === scenario ? 'border-accent bg-accent-soft' : 'border-line hover:bg-inset',
            )}
          >
            <span className="block font-medium">{title}</span>
            <span className="block text-xs text-ink-soft">{description}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
