type Ends = { sourceX: number; sourceY: number; targetX: number; targetY: number };

/** Down, aside at `bend`, and down again, with round corners. */
export function pathOf({ sourceX, sourceY, targetX, targetY }: Ends, bend: number): string {
  const across = targetX - sourceX;
  if (Math.abs(across) < 1) return `M ${sourceX} ${sourceY} V ${targetY}`;
  const round = Math.min(8, Math.abs(across) / 2);
  const side = Math.sign(across) * round;
  return [
    `M ${sourceX} ${sourceY} V ${bend - round}`,
    `Q ${sourceX} ${bend} ${sourceX + side} ${bend}`,
    `H ${targetX - side}`,
    `Q ${targetX} ${bend} ${targetX} ${bend + round}`,
    `V ${targetY}`,
  ].join(' ');
}
