import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { Button, buttonClass } from './button';

type Props = {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  /** What will happen, and what will not. */
  children: ReactNode;
  confirm: string;
  look?: 'danger' | 'primary';
  /** The way out, where nothing is to be kept. */
  cancel?: string;
  busy?: boolean;
  /** Why it cannot be done. */
  why?: string | undefined;
  error?: ReactNode;
};

/** Asks before something that cannot be taken back, or that others notice at once. */
export function Confirm({
  open,
  onClose,
  onConfirm,
  title,
  children,
  confirm,
  cancel,
  look = 'danger',
  busy,
  why,
  error,
}: Props) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/35" />
        <AlertDialog.Popup className="fixed top-[18vh] left-1/2 z-50 flex w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 flex-col gap-3 rounded-xl border border-line bg-raised p-5 shadow-pop outline-none">
          <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="text-ink-soft">
            {children}
          </AlertDialog.Description>
          {error}
          <div className="mt-2 flex justify-end gap-2">
            <AlertDialog.Close className={buttonClass('plain')}>
              {cancel ?? (look === 'danger' ? 'Keep it' : 'Not now')}
            </AlertDialog.Close>
            <Button look={look} busy={busy ?? false} why={why} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
