import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { Eye, EyeOff } from 'lucide-react';
import { useEffect } from 'react';
import { useMay } from '@/lib/may';
import { setShown, useReveal } from '@/lib/reveal';
import { Button } from './button';

/** Says that values of this page are hidden, and shows them to whoever may see them; leaving the page hides them again. */
export function ConfidentialBar() {
  const path = useLocation({ select: (location) => location.pathname });
  const state = useReveal(path);
  const { why } = useMay('admin');
  const client = useQueryClient();
  useEffect(() => {
    if (state !== 'shown') return;
    return () => {
      setShown(false);
      client.removeQueries({ type: 'inactive' });
      void client.invalidateQueries();
    };
  }, [state, client]);
  if (state === 'nothing') return null;
  const show = state === 'hidden';
  const change = () => {
    setShown(show);
    if (show) void client.invalidateQueries();
  };
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md border border-line bg-inset px-3 py-2"
    >
      <p className="text-ink-soft">
        {show
          ? 'Confidential values are hidden on this page.'
          : 'Confidential values are shown until you leave this page. The audit log says that you have seen them.'}
      </p>
      <Button
        icon={show ? <Eye aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
        why={why}
        onClick={change}
      >
        {show ? 'Show' : 'Hide'}
      </Button>
    </div>
  );
}
