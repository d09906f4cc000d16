import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '@/lib/classes';
import { buttonClass } from './button';

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** For what is wider than a form. */
  wide?: boolean;
  children: ReactNode;
};

/** A modal form or explanation; Escape and the cross close it. */
export function Dialog({ open, onClose, title, description, wide = false, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <Base.Popup
          className={classes(
            'fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] -translate-x-1/2 flex-col gap-4 overflow-auto rounded-xl border border-line bg-raised p-5 shadow-pop outline-none',
            wide ? 'w-[min(48rem,calc(100vw-2rem))]' : 'w-[min(32rem,calc(100vw-2rem))]',
          )}
        >
          <div className="pr-8">
            <Base.Title className="text-lg font-semibold">{title}</Base.Title>
            {description && <Base.Description className="mt-1 text-ink-soft">{description}</Base.Description>}
          </div>
          {children}
          {/* Last, so that the first field has the focus when the dialog opens. */}
          <Base.Close
            aria-label="Close"
            className={`${buttonClass('quiet', 'sm', true)} absolute top-4 right-4`}
          >
            <X aria-hidden="true" />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
