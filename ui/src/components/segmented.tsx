import { classes } from '@/lib/classes';

type Props<T extends string> = {
  options: [value: T, label: string][];
  value: T;
  onChange: (value: T) => void;
  label: string;
};

/** A choice between two or three views of the same thing. */
export function Segmented<T extends string>({ options, value, onChange, label }: Props<T>) {
  return (
    <div role="group" aria-label={label} className="inline-flex rounded-md bg-inset p-0.5">
      {options.map(([option, text]) => (
        <button
          key={option}
          type="button"
          aria-pressed={option === value}
          onClick={() => onChange(option)}
          className={classes(
            'h-6 rounded-[5px] px-2 text-xs',
            option === value ? 'bg-raised font-medium text-ink shadow-sm' : 'text-ink-soft hover:text-ink',
          )}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
