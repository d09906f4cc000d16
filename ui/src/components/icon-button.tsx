import type { ComponentProps, ReactNode } from 'react';
import { classes } from '@/lib/classes';
import { buttonClass } from './button';

type Props = Omit<ComponentProps<'button'>, 'children'> & {
  label: string;
  icon: ReactNode;
  size?: 'sm' | 'md';
};

/** A square button with an icon only; the label is its name and its tooltip. */
export function IconButton({ label, icon, size, className, ...rest }: Props) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classes(buttonClass('quiet', size, true), '[&_svg]:size-4', className)}
      {...rest}
    >
      {icon}
    </button>
  );
}
