import { useBlocker } from '@tanstack/react-router';
import { Confirm } from '@/components/confirm';

const tabOf = (search: unknown) => (search as { tab?: string }).tab;

/** Asks before changes are lost. */
export function Leaving({ changed }: { changed: boolean }) {
  const { status, proceed, reset } = useBlocker({
    // Another view of the same document is not left by.
    shouldBlockFn: ({ current, next }) =>
      changed && (current.pathname !== next.pathname || tabOf(current.search) !== tabOf(next.search)),
    enableBeforeUnload: changed,
    withResolver: true,
  });
  return (
    <Confirm
      open={status === 'blocked'}
      onClose={() => reset?.()}
      onConfirm={() => proceed?.()}
      title="Leave without saving?"
      confirm="Leave"
      cancel="Stay"
    >
      What you changed here is lost then.
    </Confirm>
  );
}
