import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from './button';

type Props = { open: boolean; onClose: () => void; title: ReactNode; children: ReactNode };

/** What belongs to one row of a list, beside it: over the right side of the page, over all of it on a telephone. */
export function Drawer({ open, onClose, title, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <Base.Popup className="fixed inset-y-0 right-0 z-50 flex w-[min(44rem,100vw)] flex-col overflow-y-auto border-l border-line bg-raised shadow-pop outline-none">
          <header className="sticky top-0 z-10 flex items-center justify-between gap-3 border-b border-line bg-raised px-4 py-2.5">
            <Base.Title className="min-w-0 text-lg font-semibold">{title}</Base.Title>
            <Base.Close aria-label="Close" className={buttonClass('quiet', 'sm', true)}>
              <X aria-hidden="true" />
            </Base.Close>
          </header>
          <div className="flex flex-col gap-4 p-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
