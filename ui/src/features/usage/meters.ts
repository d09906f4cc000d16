import { amount, count, duration } from '@/lib/format';
import type { UsageLine } from '@/lib/types';

type Meter = {
  label: string;
  ofCalls?: true;
  of: (line: UsageLine) => number;
  shown: (value: number) => string;
};

const seconds = (value: number) => (value > 0 ? duration(value * 1_000_000) : '0 s');

/** What is shown of usage, in the order of columns and charts. */
export const meters: Meter[] = [
  { label: 'Credits', of: (line) => line.credits, shown: amount },
  { label: 'Calls', ofCalls: true, of: (line) => line.calls_ended, shown: count },
  { label: 'Talk', ofCalls: true, of: (line) => line.call_seconds, shown: seconds },
  { label: 'Runs', of: (line) => line.runs_begun, shown: count },
  { label: 'Failed', of: (line) => line.runs_failed, shown: count },
  { label: 'Actions', of: (line) => line.actions, shown: count },
  { label: 'SMS segments', of: (line) => line.sms_segments, shown: count },
  { label: 'Mails', of: (line) => line.mails, shown: count },
  { label: 'Tokens', of: (line) => line.tokens_in + line.tokens_out, shown: count },
  { label: 'Models, $', of: (line) => line.model_cost, shown: amount },
];

export const sum = (lines: UsageLine[], meter: Meter) =>
  lines.reduce((total, line) => total + meter.of(line), 0);

/** Those of which something was counted, and the first ones in any case. */
export const used = (lines: UsageLine[]) =>
  meters.filter((meter, at) => at < 2 || meter.label === 'Actions' || sum(lines, meter) > 0);
