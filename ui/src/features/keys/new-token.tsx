import { Button } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { Notice } from '@/components/notice';

/** A key's token, for the only time that it is shown. */
export function NewToken({ token, onDone }: { token: string; onDone: () => void }) {
  return (
    <>
      <Notice tone="wait" title="Copy it now">
        It is shown this one time; only its hash is kept.
      </Notice>
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 rounded-md bg-inset px-3 py-2 font-mono text-xs break-all">
          {token}
        </code>
        <CopyButton text={token} label="Copy key" showLabel />
      </div>
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </>
  );
}
