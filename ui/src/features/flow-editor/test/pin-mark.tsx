import { Pin } from 'lucide-react';
import { useIsPinned } from './results';

/** Beside a step whose answer is pinned. */
export function PinMark({ id }: { id: string }) {
  return useIsPinned(id) ? (
    <span title="Its answer is pinned: dry tests take that">
      <Pin aria-hidden="true" className="size-3.5 text-live" />
      <span className="sr-only">, its answer is pinned</span>
    </span>
  ) : null;
}
