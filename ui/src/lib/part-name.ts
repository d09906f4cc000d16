import type { RunPart } from './types';

/** Which part of another run a run is, as people count: `item 3`. */
export function partName({ kind, number }: Pick<RunPart, 'kind' | 'number'>): string {
  return kind === 'flow' ? 'sub-flow' : `${kind} ${number + 1}`;
}
