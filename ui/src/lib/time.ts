/** Microseconds since 1970 of an RFC 3339 text: `Date.parse` alone drops what is below a millisecond. */
export function toMicros(iso: string): number {
  const fraction = /\.(\d+)/.exec(iso)?.[1] ?? '';
  const seconds = Math.floor(Date.parse(iso.replace(/\.\d+/, '')) / 1000);
  return seconds * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** Milliseconds since 1970. */
export function toMillis(iso: string): number {
  return toMicros(iso) / 1000;
}

/** What a date field holds: the minute, in the viewer's zone. */
export function toField(when: string | Date): string {
  const at = new Date(when);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A stretch of time as the filters of lists hold it. */
export function toFields({ from, to }: { from: string; to: string }): { from: string; to: string } {
  return { from: toField(from), to: toField(to) };
}

/** A filter as the API is asked: the local times of its date fields become points in time. */
export function toTimes<Filter extends { from?: string; to?: string }>(filter: Filter): Filter {
  return {
    ...filter,
    ...(filter.from && { from: new Date(filter.from).toISOString() }),
    ...(filter.to && { to: new Date(filter.to).toISOString() }),
  };
}
