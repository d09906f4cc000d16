import type { ReactNode } from 'react';
import { classes } from '@/lib/classes';

const looks = {
  info: 'border-line bg-inset',
  wait: 'border-wait/35 bg-wait-soft',
  bad: 'border-bad/40 bg-bad-soft',
  ok: 'border-ok/35 bg-ok-soft',
} as const;

/** A sentence that belongs to the thing beside it: a warning, an explanation, a success. */
export function Notice({
  tone = 'info',
  title,
  children,
}: {
  tone?: keyof typeof looks;
  title?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={classes('rounded-md border px-3 py-2', looks[tone])}>
      {title && <p className="font-medium">{title}</p>}
      {children && <div className="text-ink-soft">{children}</div>}
    </div>
  );
}
