/** Going to a place of the document from the three steps: once the one that it belongs to is shown, else in the form. */
import { useEffect, useState } from 'react';
import type { Shown } from '@/features/flow-editor/editor';
import type { View } from '@/features/flow-editor/toolbar';
import { type Part, partOf } from './parts';

type Now = { view: View; part: Part };

export function useAim(
  { view, part }: Now,
  onShow: (next: Shown) => void,
  goTo: (at: string, inside: boolean) => void,
) {
  const [aim, setAim] = useState<string>();
  useEffect(() => {
    if (aim === undefined) return;
    const wanted = partOf(aim);
    if (wanted ? view === 'wizard' && part !== wanted : view !== 'form') return;
    setAim(undefined);
    goTo(aim, true);
  }, [aim, view, part, goTo]);
  return (at: string) => {
    const wanted = partOf(at);
    if (!wanted) onShow({ view: 'form' });
    else if (wanted !== part) onShow({ part: wanted });
    setAim(at);
  };
}
