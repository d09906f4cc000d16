import type { ComponentProps, ReactNode } from 'react';
import { classes } from '@/lib/classes';
import { buttonClass } from './button';

type Props = Omit<ComponentProps<'button'>, 'children'> & {
  label: string;
  icon: ReactNode;
  size?: 'sm' | 'md';
  /** Why it cannot be used now: it then stays reachable, and says so. */
  why?: string | undefined;
};

/** A square button with an icon only; the label is its name and its tooltip. */
export function IconButton({ label, icon, size, why, className, ...rest }: Props) {
  return (
    <button
      type="button"
      aria-label={why ? `${label}: ${why}` : label}
      title={why ?? label}
      className={classes(buttonClass('quiet', size, true), '[&_svg]:size-4', className)}
      {...rest}
      {...(why && { 'aria-disabled': true, onClick: (event) => event.preventDefault() })}
    >
      {icon}
    </button>
  );
}
