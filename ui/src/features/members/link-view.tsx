import { Button } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { Notice } from '@/components/notice';

/** A sign-in link, the one time that it is shown. */
export function LinkView({ name, link, onDone }: { name: string; link: string; onDone: () => void }) {
  return (
    <>
      <Notice tone="wait" title={`Hand this link to ${name}, and to nobody else`}>
        It signs one browser in, once, within seven days. It is not shown again; another one takes its place.
      </Notice>
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 rounded-md bg-inset px-3 py-2 font-mono text-xs break-all">
          {link}
        </code>
        <CopyButton text={link} label="Copy link" showLabel />
      </div>
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </>
  );
}
