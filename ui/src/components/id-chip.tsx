import { shortId } from '@/lib/format';
import { CopyButton } from './copy-button';

/** A shortened id that copies whole. */
export function IdChip({ id, label = 'Copy id' }: { id: string; label?: string }) {
  return (
    <span className="inline-flex items-center gap-0.5 font-mono text-xs text-ink-soft">
      <span title={id}>{shortId(id)}</span>
      <CopyButton text={id} label={label} />
    </span>
  );
}
