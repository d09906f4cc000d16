/** Where the focus goes on the canvas: to what was gone to, and back to what is chosen when its place was taken away. */
import { type RefObject, useEffect, useRef } from 'react';
import { focusAt } from '@/features/flow-editor/use-cards';
import type { Layout } from './layout';
import type { Target } from './use-place';

export function useFocus(
  frame: RefObject<HTMLElement | null>,
  target: Target | undefined,
  layout: Layout,
): void {
  useEffect(() => {
    const node = frame.current;
    if (!target || !node) return;
    const panel = node.querySelector<HTMLElement>('[data-panel]');
    if (target.inside && panel) return focusAt(panel, target);
    const button = node.querySelector<HTMLElement>(`[data-node="${CSS.escape(target.key)}"]`);
    button?.focus({ preventScroll: true });
  }, [target, frame]);

  /** Whether the focus was on the picture, not in a form. */
  const drawn = useRef(false);
  useEffect(() => {
    const remember = (event: FocusEvent) => {
      drawn.current = (event.target as Element).matches('[data-node]');
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  useEffect(() => {
    // An undo may take away the step that had the focus.
    if (!drawn.current || document.activeElement !== document.body || layout.nodes.length === 0) return;
    const button = frame.current?.querySelector<HTMLElement>('[data-node][aria-current]');
    button?.focus({ preventScroll: true });
  }, [layout, frame]);
}
