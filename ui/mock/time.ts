import { toMicros } from '../src/lib/time.ts';

/** Fixture times count back from the start of the mock. */
const start = Date.now();

export function at(secondsAgo: number): string {
  return new Date(start - secondsAgo * 1000).toISOString();
}

/** A time with microseconds, `micros` after another. */
export function after(iso: string, micros: number): string {
  const total = toMicros(iso) + Math.round(micros);
  const text = new Date(Math.floor(total / 1000)).toISOString();
  return text.replace('Z', `${String(total % 1000).padStart(3, '0')}Z`);
}
