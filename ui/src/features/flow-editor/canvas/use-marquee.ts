/** Dragging with Shift over the picture draws a frame; the steps that it meets are chosen when it is let go. */
import { useReactFlow } from '@xyflow/react';
import { type MouseEvent as Press, useState } from 'react';
import { useActs } from './context';
import type { Layout } from './layout';

type Point = { x: number; y: number };
/** In the picture's own frame, in pixels. */
type Box = { left: number; top: number; width: number; height: number };

const boxOf = (one: Point, other: Point, origin: Point): Box => ({
  left: Math.min(one.x, other.x) - origin.x,
  top: Math.min(one.y, other.y) - origin.y,
  width: Math.abs(one.x - other.x),
  height: Math.abs(one.y - other.y),
});

/** Less than this is a click whose hand was not still. */
const least = 4;

export function useMarquee(layout: Layout) {
  const { add, span } = useActs();
  const { screenToFlowPosition } = useReactFlow();
  const [box, setBox] = useState<Box>();
  const press = (event: Press<HTMLElement>) => {
    const onStep = (event.target as Element).closest('button, .react-flow__minimap');
    if (!add || !event.shiftKey || event.button !== 0 || onStep) return;
    // The picture would be moved else.
    event.preventDefault();
    event.stopPropagation();
    const from = { x: event.clientX, y: event.clientY };
    const origin = event.currentTarget.getBoundingClientRect();
    const at = ({ clientX, clientY }: MouseEvent) => ({ x: clientX, y: clientY });
    const move = (event: MouseEvent) => setBox(boxOf(from, at(event), origin));
    const done = (event: MouseEvent) => {
      removeEventListener('mousemove', move);
      setBox(undefined);
      const whole = boxOf(screenToFlowPosition(from), screenToFlowPosition(at(event)), { x: 0, y: 0 });
      if (whole.width < least && whole.height < least) return;
      const met = layout.nodes.filter(
        ({ what, x, y, width, height }) =>
          what === 'step' &&
          x < whole.left + whole.width &&
          whole.left < x + width &&
          y < whole.top + whole.height &&
          whole.top < y + height,
      );
      span(met.map(({ key }) => key));
    };
    addEventListener('mousemove', move);
    addEventListener('mouseup', done, { once: true });
  };
  return { box, press };
}
