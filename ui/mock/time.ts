/** Fixture times count back from the start of the mock. */
const start = Date.now();

export function at(secondsAgo: number): string {
  return new Date(start - secondsAgo * 1000).toISOString();
}

/** A time with microseconds, `micros` after another. */
export function after(iso: string, micros: number): string {
  const ms = Date.parse(iso) + Math.floor(micros / 1000);
  return new Date(ms).toISOString().replace('Z', `${String(Math.floor(micros % 1000)).padStart(3, '0')}Z`);
}
