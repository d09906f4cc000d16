/** Where the focus goes on the canvas: to what was gone to, and back to what is chosen by Escape in its form, or when its place was
 * taken away. */
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

  useEffect(() => {
    const node = frame.current;
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if ((event.target as Element).closest('[data-panel]')) focusChosen(node);
    };
    node?.addEventListener('keydown', leave);
    return () => node?.removeEventListener('keydown', leave);
  }, [frame]);

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
    if (!drawn.current || layout.nodes.length === 0) return;
    // An undo may take away the step that had the focus; it is gone when the picture has been drawn.
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) focusChosen(frame.current);
    }, 50);
    return () => clearTimeout(timer);
  }, [layout, frame]);
}

const focusChosen = (frame: HTMLElement | null) =>
  frame?.querySelector<HTMLElement>('[data-node][aria-current]')?.focus({ preventScroll: true });
