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
