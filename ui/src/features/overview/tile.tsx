import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Sparkline } from '@/components/sparkline';

type Props = {
  label: string;
  value: ReactNode;
  /** Below the value: what it was before, or what it is made of. */
  note: ReactNode;
  shape: (number | null)[];
  tone?: 'main' | 'bad' | undefined;
  link: LinkProps;
};

/** One figure with its shape over time; it leads to what it counts. */
export function Tile({ label, value, note, shape, tone, link }: Props) {
  return (
    <li className="min-w-0 bg-surface">
      <Link {...link} className="flex h-full flex-col gap-1 px-4 py-3 outline-offset-[-2px] hover:bg-inset">
        <span className="text-ink-soft">{label}</span>
        <span className="text-xl font-semibold tracking-tight">{value}</span>
        <span className="min-h-[1.125rem] text-xs text-ink-mute">{note}</span>
        <Sparkline values={shape} tone={tone} className="mt-auto" />
      </Link>
    </li>
  );
}
