/** What differs between two texts, line by line: the longest common lines stay. */
export type Line = { sign: ' ' | '-' | '+'; text: string; old?: number; new?: number };
/** Lines that belong together, or how many equal ones are left out. */
export type Hunk = { lines: Line[] } | { skipped: number };

/** Cells of the table: beyond that the middle is told as replaced. */
const most = 4_000_000;
const around = 3;

export function diffLines(before: string, after: string): Line[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let top = 0;
  while (top < a.length && top < b.length && a[top] === b[top]) top += 1;
  let end = 0;
  while (end < a.length - top && end < b.length - top && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  const same = () => lines.push({ sign: ' ', text: a[i] ?? '', old: ++i, new: ++j });
  const gone = () => lines.push({ sign: '-', text: a[i] ?? '', old: ++i });
  const came = () => lines.push({ sign: '+', text: b[j] ?? '', new: ++j });
  while (i < top) same();
  const [toA, toB] = [a.length - end, b.length - end];
  const [height, width] = [toA - top, toB - top];
  if (height * width <= most) {
    // How many lines are common to what is left of both, from each pair of places on.
    const row = width + 1;
    const common = new Uint16Array((height + 1) * row);
    const at = (x: number, y: number) => common[(x - top) * row + (y - top)] ?? 0;
    for (let x = toA - 1; x >= top; x -= 1) {
      for (let y = toB - 1; y >= top; y -= 1) {
        common[(x - top) * row + (y - top)] =
          a[x] === b[y] ? at(x + 1, y + 1) + 1 : Math.max(at(x + 1, y), at(x, y + 1));
      }
    }
    while (i < toA && j < toB) {
      if (a[i] === b[j]) same();
      else if (at(i + 1, j) >= at(i, j + 1)) gone();
      else came();
    }
  }
  while (i < toA) gone();
  while (j < toB) came();
  while (i < a.length) same();
  return lines;
}

/** The lines that differ with a few around them. */
export function hunksOf(lines: Line[]): Hunk[] {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ sign }, i) => {
    if (sign !== ' ') near.fill(1, Math.max(0, i - around), i + around + 1);
  });
  const hunks: Hunk[] = [];
  for (let i = 0; i < lines.length; ) {
    let end = i;
    while (end < lines.length && near[end] === near[i]) end += 1;
    hunks.push(near[i] ? { lines: lines.slice(i, end) } : { skipped: end - i });
    i = end;
  }
  return hunks;
}
