import type { ReactNode } from 'react';

type Props = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode };

/** Nothing here yet: says what will be here and teaches the next step. */
export function Empty({ icon, title, children, action }: Props) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      {icon && <div className="mb-1 text-ink-mute [&_svg]:size-6 [&_svg]:stroke-[1.5]">{icon}</div>}
      <h3 className="text-base font-medium">{title}</h3>
      {children && <div className="max-w-md text-ink-soft text-pretty">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
