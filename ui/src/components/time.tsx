import { ago, exactTime, moment } from '@/lib/format';
import { useNow } from '@/lib/use-now';

type Props = { at: string | null | undefined; relative?: boolean };

/** A time in the viewer's zone; the exact one on hover. */
export function Time({ at, relative = false }: Props) {
  const now = useNow(10_000, relative);
  if (!at) return <span className="text-ink-mute">–</span>;
  return (
    <time dateTime={at} title={exactTime(at)} className="whitespace-nowrap">
      {relative ? ago(at, now) : moment(at)}
    </time>
  );
}
