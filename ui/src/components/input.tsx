import type { ComponentProps } from 'react';
import { classes } from '@/lib/classes';

export const inputClass =
  'h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink placeholder:text-ink-mute hover:border-ink-mute aria-invalid:border-bad';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classes(inputClass, className)} {...rest} />;
}
