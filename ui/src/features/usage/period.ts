export const periods: [days: string, label: string][] = [
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', 'A year'],
];

/** The first of so many days up to today, as a day: which one it is says the workspace's zone. */
export function start(days: number, now: Date = new Date()): string {
  const first = new Date(now.getTime() - (days - 1) * 86_400_000);
  return first.toISOString().slice(0, 10);
}
