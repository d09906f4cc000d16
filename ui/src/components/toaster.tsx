import { Toast } from '@base-ui/react/toast';
import { useEffect } from 'react';
import { sayEarly, toasts } from '@/lib/toasts';

function List() {
  const { toasts: shown } = Toast.useToastManager();
  return shown.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-lg border border-line bg-raised px-4 py-2.5 shadow-pop data-ending-style:opacity-0"
    >
      <Toast.Title className="font-medium" />
      <Toast.Description className="text-ink-soft" />
    </Toast.Root>
  ));
}

export function Toaster() {
  useEffect(sayEarly, []);
  // In the middle: what saves stands at the right, and on narrow screens below.
  return (
    <Toast.Provider toastManager={toasts}>
      <Toast.Portal>
        <Toast.Viewport className="fixed top-14 left-1/2 z-50 flex -translate-x-1/2 w-[min(20rem,calc(100vw-2rem))] flex-col gap-2 outline-none md:top-auto md:bottom-4">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
