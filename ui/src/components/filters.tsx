import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';

type Props = { label: string; isFiltered: boolean; onClear: () => void; children: ReactNode };

/** The filters above a list side by side, and what takes them all away. */
export function Filters({ label, isFiltered, onClear, children }: Props) {
  return (
    <search aria-label={label} className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap sm:items-center">
      {children}
      {isFiltered && (
        <Button look="quiet" icon={<X aria-hidden="true" />} onClick={onClear}>
          Clear
        </Button>
      )}
    </search>
  );
}
