import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '@/components/copy-button';
import { sessionQuery } from '@/lib/server/session';

/** For those who have no address to send to yet: the demo's own. */
export function DemoReceiver() {
  const session = useQuery(sessionQuery());
  if (!session.data?.demo) return null;
  const address = `${location.origin}/demo/inspect`;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
      <span>Nothing to send to yet? This demo receives at</span>
      <span className="flex min-w-0 items-center gap-1">
        <code className="min-w-0 rounded bg-inset px-1.5 py-0.5 font-mono text-xs break-all">{address}</code>
        <CopyButton text={address} label="Copy the address" />
      </span>
      <span>
        and shows it in the{' '}
        <a
          href="/inspector"
          target="_blank"
          rel="noreferrer"
          className="text-accent underline underline-offset-2"
        >
          Inspector
        </a>
        .
      </span>
    </p>
  );
}
