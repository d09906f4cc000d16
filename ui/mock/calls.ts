import type { CallRow } from '../src/lib/types';
import { id } from './ids.ts';
import { at } from './time.ts';

const listed = (n: number, from: string, to: string, more: Partial<CallRow> = {}): CallRow => ({
  id: id('call', n),
  provider: 'vapi',
  provider_call_id: `9f1c02d4-77a1-4c0e-8b1d-0c2f5a6e${String(n).padStart(4, '0')}`,
  direction: 'outbound',
  from,
  to,
  agent: 'Sarah',
  campaign: 'Sales Outbound Q1',
  status: 'completed',
  sentiment: null,
  disposition: 'Interested',
  duration_s: 134,
  started_at: at(320 * n),
  ended_at: at(320 * n - 134),
  created_at: at(320 * n),
  ...more,
});

export const calls: CallRow[] = [
  listed(1, '+14155550100', '+14155550123'),
  listed(2, '+442079460018', '+14155550100', {
    direction: 'inbound',
    disposition: 'Call later',
    duration_s: 48,
  }),
  listed(3, '+14155550100', '+4930901820', { status: 'unanswered', disposition: null, duration_s: 0 }),
  listed(4, '+14155550100', '+14155550177', {
    status: 'in-progress',
    disposition: null,
    duration_s: null,
    ended_at: null,
  }),
  ...Array.from({ length: 9 }, (_, i) =>
    listed(i + 5, '+14155550100', `+141555501${String(80 + i)}`, {
      disposition: i % 2 ? 'Not interested' : null,
    }),
  ),
];
