import type { Alert } from '../src/lib/types';
import { flows } from './flows.ts';
import { id } from './ids.ts';
import { at } from './time.ts';

const trouble = {
  open: true,
  since: at(5400),
  last_at: at(300),
  flow_id: flows[0]?.id ?? null,
  run_id: null,
  address: null,
  destination: null,
  agent: null,
  agent_id: null,
  budget_id: null,
  endpoint_id: null,
  acknowledged_at: null,
  acknowledged_by: null,
  resolved_at: null,
};

export const alerts: Alert[] = [
  {
    ...trouble,
    id: id('alert', 1),
    kind: 'flow_failing',
    title: `${flows[0]?.name} keeps failing: 36 failed runs in a row, paused at 50`,
    cause: 'the receiver answered 503 Service Unavailable',
    count: 36,
    level: 70,
  },
  {
    ...trouble,
    id: id('alert', 2),
    kind: 'webhook_gone',
    title: `${flows[1]?.name} is paused: its webhook is gone`,
    cause: 'https://old.example/hook answered 410 Gone: it will never want this webhook again',
    address: 'https://old.example/hook',
    flow_id: flows[1]?.id ?? null,
    count: 1,
    level: null,
  },
  {
    ...trouble,
    id: id('alert', 3),
    kind: 'agent_quiet',
    title: 'Reception is quiet: usually 40 calls an hour, now none',
    cause:
      'some 43 calls were to be expected since: does the platform still send, does the number still lead to the agent?',
    flow_id: null,
    agent: 'Reception',
    since: at(3900),
    count: 1,
    level: null,
  },
];
