import type { ReactNode } from 'react';
import { classes } from '@/lib/classes';
import { type Tone, tones } from './status';

/** A short word about a thing: a kind, a method, a count. */
export function Badge({
  tone = 'off',
  mono,
  children,
}: {
  tone?: Tone;
  mono?: boolean;
  children: ReactNode;
}) {
  return (
    <span
      className={classes(
        'inline-flex min-h-5 items-center rounded px-1.5 text-xs whitespace-nowrap',
        mono && 'font-mono text-[0.6875rem]',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
