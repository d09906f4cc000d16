/** The step that was just added and not left yet: what it still lacks is no problem before that. */
import { type RefObject, useEffect, useState } from 'react';

export function useFresh(frame: RefObject<HTMLElement | null>) {
  const [fresh, setFresh] = useState<string>();
  useEffect(() => {
    const node = frame.current;
    if (!fresh || !node) return;
    const leave = (event: FocusEvent) => {
      const next = event.relatedTarget as Element | null;
      const inside = next?.closest(`[data-step="${CSS.escape(fresh)}"]`);
      // A list that opens over the page, or a click on nothing, does not leave it.
      // Words that appear move what is below them: not between the press and the release of a click.
      if (next && node.contains(next) && !inside)
        setTimeout(() => setFresh((now) => (now === fresh ? undefined : now)), 300);
    };
    node.addEventListener('focusout', leave);
    return () => node.removeEventListener('focusout', leave);
  }, [fresh, frame]);
  return [fresh, setFresh] as const;
}
