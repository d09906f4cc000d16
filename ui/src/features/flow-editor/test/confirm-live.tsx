import { Confirm } from '@/components/confirm';
import { useMay } from '@/lib/may';
import type { Test } from './use-test';

/** Asks before a test sends anything. */
export function ConfirmLive({ test }: { test: Test }) {
  const { why } = useMay('write');
  return (
    <Confirm
      open={test.pending}
      onClose={test.refuse}
      title="Send it for real?"
      confirm="Run for real"
      cancel="Not now"
      why={why}
      onConfirm={test.confirm}
    >
      Every request of this flow goes out, with your secrets, as for a real call. Leads, messages and tickets
      that it creates are real.
    </Confirm>
  );
}
