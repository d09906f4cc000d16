import { type ReactNode, useEffect } from 'react';
import { classes } from '@/lib/classes';
import { ConfidentialBar } from './confidential-bar';

type Props = {
  title: string;
  /** Above the title: where this page belongs. */
  parent?: ReactNode;
  /** Beside the title: a status, a count. */
  beside?: ReactNode;
  actions?: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** Pages of prose and forms are narrow; lists and runs use the whole width. */
  narrow?: boolean;
};

/** The frame of every screen: heading, actions, content. */
export function Page({ title, parent, beside, actions, description, children, narrow }: Props) {
  useEffect(() => {
    document.title = `${title} · Switchhook`;
  }, [title]);
  return (
    <div
      className={classes(
        'mx-auto flex w-full flex-col gap-4 px-4 py-5 sm:px-6',
        narrow ? 'max-w-4xl' : 'max-w-[1600px]',
      )}
    >
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          {parent && <div className="mb-1 text-xs text-ink-mute">{parent}</div>}
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight text-balance">{title}</h1>
            {beside}
          </div>
          {description && <p className="mt-1 max-w-prose text-ink-soft">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <ConfidentialBar />
      {children}
    </div>
  );
}
