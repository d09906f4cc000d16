/** How often to look, as people choose it. */
export const choices = [60, 300, 900, 3_600, 21_600, 86_400] as const;

const count = (value: number, unit: string) => (value === 1 ? `every ${unit}` : `every ${value} ${unit}s`);

export function every(seconds: number): string {
  if (seconds % 3_600 === 0) return count(seconds / 3_600, 'hour');
  if (seconds % 60 === 0) return count(seconds / 60, 'minute');
  return count(seconds, 'second');
}
