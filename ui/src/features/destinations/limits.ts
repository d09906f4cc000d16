import { count } from '@/lib/format';
import type { Destination } from '@/lib/types';

/** `20 a second, 5 at once`, `100 in 60 s`. */
export function rateText(rate: NonNullable<Destination['rate']>): string {
  const pace =
    rate.period_s === 1 ? `${count(rate.count)} a second` : `${count(rate.count)} in ${rate.period_s} s`;
  return `${pace}, ${count(rate.burst)} at once`;
}

/** What people have set, for one line. */
export function limitsText({ rate, max_concurrent: most }: Destination): string {
  const parts = [rate && rateText(rate), most && `${count(most)} calls side by side`];
  return parts.filter(Boolean).join(' · ') || 'no limits set';
}
