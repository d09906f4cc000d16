import { type ReactNode, useId } from 'react';

/** What ties an input to its label, its help and its error. */
export type FieldIds = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true };

type Props = {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  /** At the end of the label's line: another way to fill it in. */
  beside?: ReactNode;
  /** The label is there for screen readers only. */
  quiet?: boolean;
  children: (ids: FieldIds) => ReactNode;
};

/** A labelled input with its help and its error, tied together for screen readers. */
export function Field({ label, help, error, beside, quiet, children }: Props) {
  const id = useId();
  const describedBy = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="flex flex-col gap-1">
      {(beside || !quiet) && (
        <div className="flex flex-wrap items-center justify-between gap-2 has-[>.sr-only]:justify-end">
          <label htmlFor={id} className={quiet ? 'sr-only' : 'font-medium'}>
            {label}
          </label>
          {beside}
        </div>
      )}
      {!beside && quiet && (
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
      )}
      {children({
        id,
        ...(describedBy && { 'aria-describedby': describedBy }),
        ...(error && { 'aria-invalid': true as const }),
      })}
      {help && (
        <p id={`${id}-help`} className="text-xs text-ink-mute">
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
