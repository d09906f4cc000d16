import type { Destination } from '../src/lib/types.ts';
import { at } from './time.ts';

const well: Destination = {
  name: 'hooks.crm.example:443',
  state: 'closed',
  since: null,
  next_probe_at: null,
  failing_since: null,
  waiting: 0,
  last_failure: null,
  recent: { succeeded: 128, failed: 0 },
  last_day: { succeeded: 4120, failed: 0, p50_ms: 84, p95_ms: 310 },
  next_retry: null,
  rate: null,
  max_concurrent: null,
  note: '',
  version: 0,
};

export const destinations: Destination[] = [
  well,
  {
    ...well,
    name: 'api.crm.example:443',
    state: 'open',
    since: at(40),
    next_probe_at: at(-35),
    failing_since: at(320),
    waiting: 1204,
    last_failure: {
      at: at(40),
      code: 'http_status',
      message: 'the receiver answered 503 Service Unavailable',
      run_id: 'run_01kaj3x8c2f7q9m1v5t0n40001',
    },
    recent: { succeeded: 0, failed: 23 },
    last_day: { succeeded: 3904, failed: 61, p50_ms: 92, p95_ms: 2400 },
    next_retry: { at: at(-95), run_id: 'run_01kaj3x8c2f7q9m1v5t0n40001' },
  },
  {
    ...well,
    name: 'slack.com:443',
    state: 'limited',
    since: at(4),
    waiting: 12,
    rate: { count: 1, period_s: 1, burst: 4 },
    max_concurrent: 8,
    note: 'Slack allows one message a second and channel.',
    version: 2,
  },
  { ...well, name: 'legacy.example:8443', state: 'paused', since: at(7200), waiting: 40, version: 1 },
];
