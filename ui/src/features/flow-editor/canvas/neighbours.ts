/** Which place the arrow keys lead to: up and down follow the reading order, so that every place is reached; left and right go
 * to what stands there. */
import type { Placed } from './layout';

const stops = new Set(['when', 'failure', 'step', 'head']);
export const isStop = ({ what }: Placed): boolean => stops.has(what);

export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

export const arrows: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
};

export function neighbour(nodes: Placed[], key: string, to: Direction): string | undefined {
  const all = nodes.filter(isStop);
  const at = all.findIndex((node) => node.key === key);
  const here = all[at];
  if (to === 'first' || !here) return all[0]?.key;
  if (to === 'last') return all.at(-1)?.key;
  if (to === 'up') return all[at - 1]?.key;
  if (to === 'down') return all[at + 1]?.key;
  const middle = (node: Placed) => ({ x: node.x + node.width / 2, y: node.y + node.height / 2 });
  const own = middle(here);
  const sign = to === 'right' ? 1 : -1;
  const far = (node: Placed) => {
    const { x, y } = middle(node);
    const across = (x - own.x) * sign;
    return across < 1 ? Number.POSITIVE_INFINITY : across + 2 * Math.abs(y - own.y);
  };
  const best = all.reduce((nearest, node) => (far(node) < far(nearest) ? node : nearest), here);
  return best === here ? undefined : best.key;
}
