import { ShownOnce } from '@/components/shown-once';

/** A key's token, for the only time that it is shown. */
export function NewToken({ token, onDone }: { token: string; onDone: () => void }) {
  return (
    <ShownOnce title="Copy it now" text={token} copy="Copy key" onDone={onDone}>
      It is shown this one time; only its hash is kept.
    </ShownOnce>
  );
}
