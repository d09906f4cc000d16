/** Where everything of a flow stands on the canvas: lists from top to bottom, branches side by side in a frame around their step.
 * Nothing overlaps, whatever the flow; the same shape always gives the same picture. */
import type { BlockShape, Shape, StepShape } from './shape';

export type Placed = {
  key: string;
  what: 'when' | 'failure' | 'step' | 'head' | 'frame' | 'join';
  at: string;
  label: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** How many steps are hidden in a step that is collapsed. */
  hidden?: number;
};
/** From one to the next; where a step can be put between them, its place. */
export type Line = { key: string; from: string; to: string; list?: string; index?: number; enters: boolean };
export type Layout = {
  nodes: Placed[];
  lines: Line[];
  left: number;
  top: number;
  width: number;
  height: number;
};

export const size = { width: 240, height: 60, head: { width: 168, height: 28 }, join: 8 };
const gap = { between: 44, beside: 28, frame: 14, lane: 72 };

type Size = { width: number; height: number };

const isOpen = (step: StepShape, collapsed: ReadonlySet<string>) =>
  step.blocks.length > 0 && !collapsed.has(step.key);

function sizeOfStep(step: StepShape, collapsed: ReadonlySet<string>): Size {
  if (!isOpen(step, collapsed)) return { width: size.width, height: size.height };
  const blocks = step.blocks.map((block) => sizeOfBlock(block, size.head, collapsed));
  return {
    width: Math.max(size.width, besides(blocks)) + 2 * gap.frame,
    height:
      size.height +
      2 * gap.between +
      Math.max(...blocks.map(({ height }) => height)) +
      size.join +
      2 * gap.frame,
  };
}

const besides = (blocks: Size[]) =>
  blocks.reduce((sum, { width }) => sum + width, 0) + gap.beside * (blocks.length - 1);

function sizeOfBlock(block: BlockShape, head: Size, collapsed: ReadonlySet<string>): Size {
  const steps = block.steps.map((step) => sizeOfStep(step, collapsed));
  return {
    width: Math.max(head.width, ...steps.map(({ width }) => width)),
    height: steps.reduce((sum, { height }) => sum + gap.between + height, head.height),
  };
}

const hiddenIn = (step: StepShape): number =>
  step.blocks.reduce((n, block) => block.steps.reduce((m, inner) => m + 1 + hiddenIn(inner), n), 0);

export function layOut(shape: Shape, collapsed: ReadonlySet<string>, withFailure = true): Layout {
  const nodes: Placed[] = [];
  const lines: Line[] = [];
  const put = (node: Omit<Placed, 'x' | 'width' | 'height'> & Size, middle: number) =>
    nodes.push({ ...node, x: middle - node.width / 2 });
  const join = (from: string, to: string, place: Partial<Line> = {}) =>
    lines.push({ key: `${from}→${to}`, from, to, enters: false, ...place });

  /** Gives the key that what follows is joined to, and how far down it came. */
  function placeStep(step: StepShape, middle: number, top: number): { exit: string; bottom: number } {
    const whole = sizeOfStep(step, collapsed);
    const base = { at: step.at, label: '' };
    if (!isOpen(step, collapsed)) {
      const hidden = hiddenIn(step);
      put({ key: step.key, what: 'step', ...base, y: top, ...whole, ...(hidden > 0 && { hidden }) }, middle);
      return { exit: step.key, bottom: top + whole.height };
    }
    put({ key: `${step.key}|frame`, what: 'frame', ...base, y: top, ...whole }, middle);
    const own = { width: size.width, height: size.height };
    put({ key: step.key, what: 'step', ...base, y: top + gap.frame, ...own }, middle);
    const sizes = step.blocks.map((block) => sizeOfBlock(block, size.head, collapsed));
    const exit = `${step.key}|join`;
    const bottom = top + whole.height;
    let left = middle - besides(sizes) / 2;
    step.blocks.forEach((block, i) => {
      const { width } = sizes[i] as Size;
      join(step.key, block.key, { enters: true });
      const y = top + gap.frame + size.height + gap.between;
      placeBlock(block, 'head', size.head, left + width / 2, y, exit);
      left += width + gap.beside;
    });
    const dot = { width: size.join, height: size.join };
    put({ key: exit, what: 'join', ...base, y: bottom - gap.frame - size.join, ...dot }, middle);
    return { exit, bottom };
  }

  function placeBlock(
    block: BlockShape,
    what: 'when' | 'failure' | 'head',
    head: Size,
    middle: number,
    top: number,
    end: string,
  ): number {
    put({ key: block.key, what, at: block.list, label: block.label, y: top, ...head }, middle);
    let [last, y] = [block.key, top + head.height];
    block.steps.forEach((step, index) => {
      join(last, step.key, { list: block.list, index });
      const placed = placeStep(step, middle, y + gap.between);
      [last, y] = [placed.exit, placed.bottom];
    });
    join(last, end, { list: block.list, index: block.steps.length });
    return y;
  }

  const own = { width: size.width, height: size.height };
  const dot = { width: size.join, height: size.join };
  const main = sizeOfBlock(shape.main, own, collapsed);
  const lane = (block: BlockShape, what: 'when' | 'failure', middle: number) => {
    const end = `${block.key}|end`;
    const y = placeBlock(block, what, own, middle, 0, end);
    put({ key: end, what: 'join', at: block.list, label: '', y: y + gap.between, ...dot }, middle);
  };
  lane(shape.main, 'when', 0);
  let right = main.width / 2;
  let height = main.height;
  if (withFailure) {
    const failed = sizeOfBlock(shape.failure, own, collapsed);
    lane(shape.failure, 'failure', right + gap.lane + failed.width / 2);
    right += gap.lane + failed.width;
    height = Math.max(height, failed.height);
  }
  const left = -main.width / 2;
  return { nodes, lines, left, top: 0, width: right - left, height: height + gap.between + size.join };
}
