import { Button } from '@/components/button';
import { Notice } from '@/components/notice';

/** The text is no document at the moment: what is shown in its place, and the way back. */
export function FaultNotice({ fault, onDrop }: { fault: string | undefined; onDrop: () => void }) {
  if (!fault) return null;
  return (
    <Notice tone="wait" title="The text is not JSON at the moment">
      <p>{fault}. Here is the flow as it was before; a change here replaces that text.</p>
      <Button size="sm" className="mt-2" onClick={onDrop}>
        Drop that text
      </Button>
    </Notice>
  );
}
