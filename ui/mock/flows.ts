import type { Flow, FlowRow } from '../src/lib/types';
import { id } from './ids.ts';
import { at } from './time.ts';

const flow = (n: number, name: string, on: string[], steps: unknown[], more: Partial<Flow> = {}): Flow => ({
  id: id('flow', n),
  version: 1,
  name,
  key: name.toLowerCase().replaceAll(' ', '-'),
  enabled: true,
  live: more.version ?? 1,
  draft: null,
  by: { via: 'session', name: 'ada@example.com' },
  note: null,
  published_from: null,
  rolled_back_from: null,
  created_at: at(86_400 * n),
  updated_at: at(7200 * n),
  document: { name, on, steps },
  problems: [],
  warnings: [],
  paused: null,
  kept_by: null,
  ...more,
});

export const flows: Flow[] = [
  flow(
    1,
    'Deliver finished calls to the CRM',
    ['call.ended'],
    [
      {
        id: 'deliver',
        do: 'webhook.send',
        with: { url: 'https://hooks.crm.example/v2/calls', secret: '{{ secrets.crm_webhook }}' },
      },
    ],
    { version: 3 },
  ),
  flow(
    2,
    'Hot leads become tasks',
    ['call.analyzed', 'call.ended'],
    [
      {
        id: 'hot',
        if: "outcome.priority == 'high' or duration > 600",
        then: [
          { id: 'names', set: { full_name: '{{ contact.first_name }} {{ contact.last_name }}' } },
          {
            id: 'task',
            do: 'http.request',
            with: { method: 'POST', url: 'https://api.tickets.example/tasks' },
          },
        ],
        else: [{ id: 'nurture', do: 'email.send' }],
      },
    ],
    {
      warnings: [
        {
          path: '/steps/0/then/0/set/full_name',
          message: "contact.last_name is often missing; add | default('')",
        },
      ],
    },
  ),
  flow(
    3,
    'Create CRM lead for interested callers',
    ['call.ended'],
    [{ id: 'lead', do: 'http.request', with: { method: 'POST', url: 'https://api.crm.example/leads' } }],
  ),
  flow(
    4,
    'Look up the caller before the greeting',
    ['call.incoming'],
    [
      { id: 'find', do: 'http.request', with: { url: 'https://api.crm.example/contacts' } },
      { id: 'answer', reply: {} },
    ],
    { enabled: false },
  ),
];

const gone = flows[1];
if (gone) {
  gone.paused = {
    since: at(5400),
    why: 'webhook_gone',
    failures: 1,
    address: 'https://old.example/hook',
    budget_id: null,
  };
}

/** A flow as lists show it. */
export function flowRow({ document, warnings, ...flow }: Flow): FlowRow {
  const { on, steps } = document as unknown as { on: string[]; steps: unknown[] };
  const last = { id: id('run', 1), status: 'succeeded' as const, started_at: flow.updated_at };
  const recent = { ended: 20, succeeded: 19, last };
  return { ...flow, on, steps: steps.length, warnings: warnings.length, recent };
}
