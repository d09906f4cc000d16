import { classes } from '@/lib/classes';
import type { Tone } from './status';

const fills: Record<Tone, string> = {
  ok: 'bg-ok',
  bad: 'bg-bad',
  wait: 'bg-wait',
  live: 'bg-live',
  off: 'bg-ink-mute',
};

/** Decoration beside a word that says the same. */
export function StatusDot({ tone }: { tone: Tone }) {
  return (
    <span aria-hidden="true" className={classes('inline-block size-2 shrink-0 rounded-full', fills[tone])} />
  );
}
