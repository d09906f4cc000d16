import type { ReplayChoice, ReplayFrom } from '@/lib/server/runs';

type Props = {
  choice: ReplayChoice;
  onChange: (choice: ReplayChoice) => void;
  /** Why it cannot go from the failed step. */
  noFailed: string | undefined;
  /** The step that was chosen, where one was. */
  step?: string | undefined;
  /** What the version that ran is called. */
  same: string;
};

type Option<T> = { value: T; label: string; hint: string; why?: string | undefined };

/** Where a replay begins and with which version: said, never guessed. */
export function ReplayChoices({ choice, onChange, noFailed, step, same }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Options
        legend="Begin"
        value={nameOf(choice.from)}
        onChange={(from) => onChange({ ...choice, from: from === 'step' ? { step: step ?? '' } : from })}
        options={[
          ...(step === undefined
            ? []
            : [
                {
                  value: 'step' as const,
                  label: `From the step ${step}`,
                  hint: 'What was saved before it is kept.',
                },
              ]),
          {
            value: 'failed_step',
            label: 'From the failed step',
            hint: 'Earlier results are kept.',
            why: noFailed,
          },
          { value: 'start', label: 'From the start', hint: 'Every step again.' },
        ]}
      />
      <Options
        legend="With"
        value={choice.version}
        onChange={(version) => onChange({ ...choice, version })}
        options={[
          { value: 'same', label: same, hint: 'The flow as it ran.' },
          { value: 'latest', label: 'The latest version', hint: 'The flow as it is now, with your fix.' },
        ]}
      />
    </div>
  );
}

const nameOf = (from: ReplayFrom) => (typeof from === 'string' ? from : 'step');

function Options<T extends string>({
  legend,
  value,
  options,
  onChange,
}: {
  legend: string;
  value: T;
  options: Option<T>[];
  onChange: (value: T) => void;
}) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-xs text-ink-mute">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex items-start gap-2 rounded-md border border-line px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-disabled:opacity-60"
        >
          <input
            type="radio"
            name={legend}
            className="mt-1 accent-accent"
            checked={value === option.value}
            disabled={Boolean(option.why)}
            onChange={() => onChange(option.value)}
          />
          <span>
            <span className="block font-medium">{option.label}</span>
            <span className="block text-xs text-ink-soft">{option.why ?? option.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
