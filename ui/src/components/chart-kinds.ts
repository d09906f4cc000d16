/** Charts that several pages draw of figures over time: how things ended, and how long they took. */
import { compact, count, milliseconds, percent, wait } from '@/lib/format';
import type { Bar } from './bar-chart';
import type { ChartTone } from './chart-tone';

export type ChartLook = {
  legend: [tone: ChartTone, label: string][];
  tones: ChartTone[];
  axis: (value: number) => string;
};

type Kind<Figures> = ChartLook & {
  parts: (figures: Figures) => number[];
  facts: (figures: Figures) => Bar['facts'];
};

const time = (ms: number | null) => (ms === null ? '–' : milliseconds(ms));

export const endings: Kind<{ succeeded: number; failed: number }> = {
  legend: [
    ['main', 'Succeeded'],
    ['bad', 'Failed'],
  ],
  // What failed stands at the bottom, where bars can be compared.
  tones: ['bad', 'main'],
  axis: compact,
  parts: ({ failed, succeeded }) => [failed, succeeded],
  facts: ({ failed, succeeded }) => [
    ['Succeeded', count(succeeded)],
    ['Failed', count(failed)],
    ['Success rate', percent(succeeded, succeeded + failed)],
  ],
};

export const times: Kind<{ p50_ms: number | null; p95_ms: number | null }> = {
  legend: [
    ['main', 'Half of them within'],
    ['soft', '95 of 100 within'],
  ],
  tones: ['main', 'soft'],
  axis: (ms) => (ms === 0 ? '0' : wait(ms * 1000)),
  parts: ({ p50_ms, p95_ms }) => [p50_ms ?? 0, (p95_ms ?? 0) - (p50_ms ?? 0)],
  facts: ({ p50_ms, p95_ms }) => [
    ['Half within', time(p50_ms)],
    ['95 of 100 within', time(p95_ms)],
  ],
};
