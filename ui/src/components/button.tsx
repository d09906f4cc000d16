import type { ComponentProps, ReactNode } from 'react';
import { classes } from '@/lib/classes';
import { Spinner } from './spinner';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

type Props = ComponentProps<'button'> & {
  look?: Look;
  size?: 'sm' | 'md';
  icon?: ReactNode;
  busy?: boolean;
  /** Why it cannot be used now: it then stays reachable, and says so. */
  why?: string | undefined;
};

const looks: Record<Look, string> = {
  primary:
    'bg-accent text-accent-ink hover:not-disabled:not-aria-disabled:bg-accent-hover border-transparent',
  plain: 'bg-raised text-ink border-line-strong hover:not-disabled:not-aria-disabled:bg-inset',
  quiet:
    'text-ink-soft border-transparent hover:not-disabled:not-aria-disabled:bg-inset hover:not-disabled:not-aria-disabled:text-ink',
  danger:
    'bg-raised text-bad border-line-strong hover:not-disabled:not-aria-disabled:bg-bad-soft hover:not-disabled:not-aria-disabled:border-bad',
};

export function buttonClass(look: Look = 'plain', size: 'sm' | 'md' = 'md', square = false): string {
  return classes(
    'inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none transition-colors disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-3.5 [&_svg]:shrink-0',
    size === 'sm' ? 'h-7 text-xs' : 'h-8 text-sm',
    square ? (size === 'sm' ? 'w-7' : 'w-8') : size === 'sm' ? 'px-2' : 'px-3',
    looks[look],
  );
}

export function Button({
  look,
  size,
  icon,
  busy,
  why,
  children,
  className,
  disabled,
  type = 'button',
  ...rest
}: Props) {
  return (
    <button
      type={type}
      className={classes(buttonClass(look, size), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
      {...(why && { 'aria-disabled': true, title: why, onClick: (event) => event.preventDefault() })}
    >
      {busy ? <Spinner /> : icon}
      {children}
      {why && <span className="sr-only">: {why}</span>}
    </button>
  );
}
