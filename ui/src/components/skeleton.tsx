import { classes } from '@/lib/classes';

/** Grey lines while something loads; announced once to screen readers. */
export function Skeleton({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 p-4">
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="flex gap-4">
          <div className={classes('h-4 animate-pulse rounded bg-inset', i % 3 === 1 ? 'w-1/4' : 'w-1/3')} />
          <div className={classes('h-4 animate-pulse rounded bg-inset', i % 2 ? 'w-1/3' : 'w-1/2')} />
        </div>
      ))}
    </div>
  );
}
