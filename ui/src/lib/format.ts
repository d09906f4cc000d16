/** The one place where numbers, durations, times and sizes become text. Times are in the viewer's zone. */

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const tenths = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const fine = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const hourAndMinute = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });
const dayInFull = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const exact = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
  timeZoneName: 'short',
});

export function count(value: number): string {
  return whole.format(value);
}

/** Short, for the axis of a chart: `950`, `1.2K`. */
export function compact(value: number): string {
  return short.format(value);
}

/** A share as per cent, `98.2 %`. What is not all is never shown as all: `99.9 %`, not `100 %`. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return '–';
  const value = (part / whole) * 100;
  const shown = part < whole ? Math.min(value, 99.9) : value;
  const careful = part > 0 ? Math.max(shown, 0.1) : shown;
  return `${careful === 100 || careful === 0 ? count(careful) : tenths.format(careful)} %`;
}

/** With up to two digits behind the point: credits, dollars. */
export function amount(value: number): string {
  return fine.format(value);
}

/** To make one takes far longer than to use it, and a year of charts names thousands of days. */
const daysOfZones = new Map<string, Intl.DateTimeFormat>();

/** A day of a zone that need not be the viewer's. */
export function dayIn(iso: string, zone: string): string {
  const known = daysOfZones.get(zone);
  const days =
    known ?? new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: zone });
  if (!known) daysOfZones.set(zone, days);
  return days.format(new Date(iso));
}

/** `1 run`, `2 runs`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Three significant digits and a unit: `420 µs`, `12.3 ms`, `2.00 s`, `1 m 05 s`, `3 h 12 m`, `2 d 4 h`. */
export function duration(micros: number): string {
  const us = Math.max(0, micros);
  if (us < 1000) return `${Math.round(us)} µs`;
  if (us < 999_500) return `${digits(us / 1000)} ms`;
  if (us < 59_950_000) return `${digits(us / 1_000_000)} s`;
  const seconds = Math.round(us / 1_000_000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} m`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A duration that was measured in whole milliseconds: no digits that nobody measured. */
export function milliseconds(value: number): string {
  return value < 1000 ? `${Math.max(0, value)} ms` : duration(value * 1000);
}

/** A wait in whole units, for labels and countdowns: `400 ms`, `2 s`, `1 m 05 s`. */
export function wait(micros: number): string {
  if (micros >= 1_000_000 && micros < 59_500_000) {
    const tenths = Math.round(micros / 100_000) / 10;
    return `${micros < 9_950_000 && !Number.isInteger(tenths) ? tenths.toFixed(1) : Math.round(micros / 1_000_000)} s`;
  }
  if (micros >= 1000 && micros < 1_000_000) return `${Math.round(micros / 1000)} ms`;
  return duration(micros);
}

/** The position in a call: `0:04`, `12:30`, `1:02:03`. */
export function position(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(s / 3600);
  const minutes = Math.floor((s % 3600) / 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(s % 60)}` : `${minutes}:${pad(s % 60)}`;
}

export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 1_000_000) return `${digits(size / 1000)} KB`;
  return `${digits(size / 1_000_000)} MB`;
}

/** Short for lists: the clock today, the day and the clock before, with the year when it is another one. */
export function moment(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  if (at.toDateString() === now.toDateString()) return clock.format(at);
  const date = at.getFullYear() === now.getFullYear() ? dayAndMonth : dayAndYear;
  return `${date.format(at)}, ${clock.format(at)}`;
}

/** An hour of the day: `09:00`. */
export function timeOfDay(iso: string): string {
  return hourAndMinute.format(new Date(iso));
}

/** A day of the month: `26 Nov`. */
export function dayOfMonth(iso: string): string {
  return dayAndMonth.format(new Date(iso));
}

/** A stretch of hours or days: `Thu 26 Nov, 09:00 – 10:00`; whole days by their day alone. */
export function stretch(from: string, to: string): string {
  const [start, end] = [new Date(from), new Date(to)];
  const isDay = end.getTime() - start.getTime() > 23 * 3_600_000 && timeOfDay(from) === timeOfDay(to);
  if (isDay) return weekday.format(start);
  return `${weekday.format(start)}, ${timeOfDay(from)} – ${timeOfDay(to)}`;
}

/** The day alone, for headings: `today`, else `Thu, 26 Nov 2026`. */
export function day(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return at.toDateString() === now.toDateString() ? 'Today' : dayInFull.format(at);
}

/** The exact time with its zone, for titles and headers. */
export function exactTime(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : exact.format(at);
}

/** `just now`, `40 s ago`, `12 m ago`, `in 3 h`, `5 d ago`. */
export function ago(iso: string, now: number = Date.now()): string {
  const seconds = Math.round((now - Date.parse(iso)) / 1000);
  const size = Math.abs(seconds);
  if (Number.isNaN(seconds)) return iso;
  if (size < 3) return 'just now';
  const text =
    size < 90
      ? `${size} s`
      : size < 5400
        ? `${Math.round(size / 60)} m`
        : size < 129_600
          ? `${Math.round(size / 3600)} h`
          : `${Math.round(size / 86_400)} d`;
  return seconds > 0 ? `${text} ago` : `in ${text}`;
}

/** Telephone numbers stay as the platform gave them; a missing one is said. */
export function phone(number: string | null | undefined): string {
  return number || 'unknown number';
}

type Parties = {
  from?: string | null;
  to?: string | null;
  agent?: string | null;
  provider?: string | null;
  started_at?: string | null;
  created_at: string;
};

/** Who spoke with whom, as far as it is known; without any number what else tells the call from others: `Sarah · vapi · 14:05:09`. */
export function parties({ from, to, agent, provider, started_at, created_at }: Parties): string {
  if (from && to) return `${from} → ${to}`;
  if (from || to) return from ? `from ${from}` : `to ${to}`;
  return [agent, provider, moment(started_at ?? created_at)].filter(Boolean).join(' · ');
}

/** `run_01hf…9x2k`: enough of an id to recognise it. */
export function shortId(id: string): string {
  const cut = id.indexOf('_');
  return id.length > cut + 12 ? `${id.slice(0, cut + 1)}…${id.slice(-6)}` : id;
}

function digits(value: number): string {
  return value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
