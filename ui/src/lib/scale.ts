/** The end of an axis that holds `most`: a round number, whose half is a whole one too. */
export function axisEnd(most: number): number {
  if (most <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(most));
  const ends = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].map((step) => Math.round(step * power));
  return ends.find((end) => end >= most && end % 2 === 0) ?? 10 * power;
}

/** Which of `length` places get a label: about `wanted` of them, evenly apart. */
export function ticks(length: number, wanted: number): number[] {
  const apart = Math.max(1, Math.ceil(length / wanted));
  return Array.from({ length: Math.ceil(length / apart) }, (_, i) => i * apart);
}
