import type {
  Alert,
  Call,
  CallRow,
  Endpoint,
  Entry,
  EventDetail,
  Flow,
  FlowRow,
  Key,
  Run,
  RunRow,
  Secret,
} from '../src/lib/types';
import { branching, refused, retried, waiting } from './entries.ts';
import { after, at } from './time.ts';

const id = (prefix: string, n: number) => `${prefix}_01kaj3x8c2f7q9m1v5t0n4${String(n).padStart(4, '0')}`;

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

/** A flow as lists show it. */
export function flowRow({ document, warnings, ...flow }: Flow): FlowRow {
  const { on, steps } = document as unknown as { on: string[]; steps: unknown[] };
  const last = { id: id('run', 1), status: 'succeeded' as const, started_at: flow.updated_at };
  const recent = { ended: 20, succeeded: 19, last };
  return { ...flow, on, steps: steps.length, warnings: warnings.length, recent };
}

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

const said = (role: string, start: number, end: number, text: string) => ({
  role,
  start_s: start,
  end_s: end,
  text,
});

export function callDetail(row: CallRow): Call {
  const start = row.started_at ?? at(0);
  const moment = (n: number, kind: string, seconds: number) => ({
    id: id('evt', n),
    kind,
    at: after(start, seconds * 1e6),
    settled: seconds > 134,
    synthetic: false,
    backfilled: false,
    edited: null,
    only: null,
    call: row,
  });
  return {
    ...row,
    duplicates: 3,
    analyses: versions(),
    related: [],
    settled: true,
    moments: [],
    runs: runs.filter((run) => run.call?.id === row.id).slice(0, 4),
    events: [
      moment(4, 'call.analyzed', 137),
      moment(3, 'call.ended', 134),
      moment(2, 'call.answered', 4),
      moment(1, 'call.started', 0),
    ],
    snapshot: {
      provider_call_id: row.provider_call_id,
      direction: row.direction ?? null,
      from: row.from ?? null,
      to: row.to ?? null,
      agent: { id: 'a1', name: 'Sarah' },
      campaign: { id: 'k1', name: 'Sales Outbound Q1' },
      contact: { first_name: 'Ada', last_name: 'Lovelace', company: 'Analytical' },
      status: row.status ?? null,
      started_at: row.started_at ?? null,
      ended_at: row.ended_at ?? null,
      duration_s: row.duration_s ?? null,
      end_reason: 'customer-ended-call',
      disposition: row.disposition ?? null,
      transcript: [
        said('agent', 4.2, 8.1, 'Hello! This is Sarah from Analytical. Do you have two minutes?'),
        said('customer', 8.6, 10.2, 'Hi. Yes, sure.'),
        said('agent', 10.5, 17.9, 'Great. You asked about the reporting add-on. Would a short demo help?'),
        said('customer', 21.4, 27, 'It would. Next Tuesday at 3 pm, and <b>not</b> before lunch.'),
        said('tool', 27.4, 28.1, 'book_demo → Tuesday 15:00'),
        said('agent', 28.3, 33.5, 'Booked. You will get an invitation by mail. Anything else?'),
        said('customer', 34, 36.2, 'No, thank you. Bye!'),
      ],
      recording: { url: 'https://recordings.example/9f1c02d4.mp3' },
      analysis: {
        summary: 'Wants a demo of the reporting add-on next Tuesday at 3 pm.',
        success: true,
        sentiment: 'positive',
        structured: { interested: true, budget: 5000, demo_at: '2025-11-25T15:00:00', company: null },
        answers: {},
        evidence: {
          budget: { quote: 'Five thousand a year, at most.', turn: 3, currency: 'USD' },
          company: { quote: 'We are Acme', flag: 'not_said' },
        },
        missing: ['company'],
        by: 'model',
        state: 'done',
      },
      variables: { order_id: '77' },
      metadata: {},
    },
  };
}

/** One event of a call, with the message that it came of. */
export function eventDetail(row: CallRow, event: string): EventDetail | undefined {
  const { events, snapshot } = callDetail(row);
  const found = events.find((each) => each.id === event);
  return (
    found && {
      ...found,
      tool: null,
      script_step: null,
      provider_event: 'end-of-call-report',
      endpoint_id: endpoints[0]?.id ?? null,
      received_at: found.at,
      snapshot,
      raw: { message: { type: 'end-of-call-report', endedReason: 'customer-ended-call' } },
      runs: runs.filter((run) => run.call?.id === row.id).slice(0, 1),
    }
  );
}

function versions(): Call['analyses'] {
  const none = { run_id: null, model: null, input_tokens: null, output_tokens: null, cost: null };
  const summary = 'Wants a demo of the reporting add-on next Tuesday at 3 pm.';
  return [
    {
      at: at(60),
      run_id: id('run', 2),
      model: 'gpt-5-mini',
      input_tokens: 1812,
      output_tokens: 204,
      cost: 0.012,
      disposition: 'Interested',
      analysis: { summary, success: true, structured: { budget: 5000, company: null }, by: 'model' },
    },
    {
      ...none,
      at: null,
      disposition: null,
      analysis: { summary: 'A demo was booked.', structured: { budget: 'five thousand' } },
    },
  ];
}

type Shape = {
  n: number;
  flow: Flow;
  status: RunRow['status'];
  ago: number;
  entries: (start: string) => Entry[];
  more?: Partial<Run>;
};

function run({ n, flow: of, status, ago, entries, more }: Shape): Run {
  const started = at(ago);
  const journal = entries(started);
  const last = journal.at(-1)?.ended_at ?? started;
  const over = status !== 'running' && status !== 'waiting';
  return {
    id: id('run', n),
    status,
    flow: { id: of.id, name: of.name, version: of.version },
    event: {
      id: id('evt', 3),
      kind: String((of.document as unknown as { on: string[] }).on[0]),
      edited: null,
    },
    call: calls[n % 3] as CallRow,
    started_at: started,
    updated_at: last,
    ended_at: over ? last : null,
    duration_ms: Date.parse(last) - Date.parse(started),
    step: null,
    attempt: 1,
    held: null,
    next_attempt_at: null,
    error: null,
    replay_of: null,
    parent_id: null,
    part: null,
    entries: journal,
    ...more,
  };
}

const [crm, hot, lead] = flows as [Flow, Flow, Flow];
const ahead = at(-95);

export const runs: Run[] = [
  run({
    n: 1,
    flow: hot,
    status: 'running',
    ago: 3,
    entries: (s) => branching(s).slice(0, 2),
    more: { step: 'task' },
  }),
  run({
    n: 2,
    flow: crm,
    status: 'waiting',
    ago: 24,
    entries: (s) => waiting(s, ahead),
    more: { step: 'deliver', attempt: 2, next_attempt_at: ahead },
  }),
  run({ n: 3, flow: crm, status: 'succeeded', ago: 186, entries: retried }),
  run({ n: 4, flow: hot, status: 'succeeded', ago: 187, entries: branching }),
  run({
    n: 5,
    flow: lead,
    status: 'failed',
    ago: 188,
    entries: refused,
    more: { error: 'lead: the receiver answered 401 Unauthorized' },
  }),
  run({ n: 6, flow: crm, status: 'cancelled', ago: 900, entries: (s) => retried(s).slice(0, 2) }),
  ...Array.from({ length: 54 }, (_, i) =>
    run({
      n: 7 + i,
      flow: i % 3 ? hot : crm,
      status: 'succeeded',
      ago: 1800 + i * 611,
      entries: i % 3 ? branching : retried,
      more: i === 4 ? { replay_of: id('run', 5) } : {},
    }),
  ),
];

export const endpoints: Endpoint[] = [
  {
    id: id('ep', 1),
    provider: 'vapi',
    name: 'Vapi production',
    url: 'https://hooks.example.com/v1/in/4pX7QmC2sT9vJ1kR6yWbZ3nD8fHgLa5E',
    created_at: at(400_000),
    updated_at: at(400_000),
    version: 1,
    signature: 'required',
    has_secret: true,
    enabled: true,
    reconcile: {
      every_s: 300,
      look_back_h: 24,
      base_url: null,
      api: { assistant_id: 'desk' },
      last_at: at(120),
      next_at: at(-180),
      known_until: at(1_020),
      found: { listed: 31, known: 28, backfilled: 2, live: 1, waiting: 0, refused: 0 },
      backfilled: 5,
      failing_since: null,
      failures: 0,
      error: null,
    },
    first_message_at: at(390_000),
  },
];
export const keys: Key[] = [
  {
    id: id('key', 1),
    name: 'Billing service',
    created_at: at(900_000),
    scopes: ['read'],
    last_four: 'x9Qa',
    expires_at: at(-2_000_000),
    last_used_at: at(600),
  },
  {
    id: id('key', 2),
    name: 'Event forwarder',
    created_at: at(800_000),
    scopes: ['ingest'],
    last_four: 'T3bK',
    expires_at: null,
    last_used_at: null,
  },
];
export const secrets: Secret[] = ['crm_webhook', 'crm_key', 'slack_token'].map((name) => ({
  name,
  public_keys: name === 'crm_webhook' ? ['whpk_aBrhp/zCVzNxsZ4XvRKYSLNo4l0iQuwdi2dlo4qmKQw='] : [],
  used_by: name === 'crm_key' ? flows.slice(0, 2).map((flow) => ({ id: flow.id, name: flow.name })) : [],
  created_at: at(500_000),
  updated_at: at(300_000),
}));

export const received = [0, 1, 2].map((n) => ({
  id: 3 - n,
  received_at: at(180 + n * 700),
  method: 'POST',
  path: '/demo/inspect',
  headers: [
    ['content-type', 'application/json'],
    ['webhook-id', `msg_${n}`],
    ['webhook-signature', 'v1,q3Yd8s1c0a7u…'],
  ],
  body: JSON.stringify({ type: 'call.ended', data: { customer_phone: '+14155550123', duration: 134 } }),
  signature: n === 1 ? 'invalid' : 'valid',
  status: n === 2 ? 503 : 200,
}));

const field = (name: string, title: string, secret: boolean, required: boolean) => ({
  name,
  title,
  help: 'Where it is found, or what it is for.',
  secret,
  required,
});
export const providers = [
  { name: 'autocalls', title: 'Autocalls', signs: false, auth: [field('secret', 'Token', true, false)] },
  { name: 'custom', title: 'Custom', signs: true, auth: [field('secret', 'Secret', true, true)] },
  { name: 'telnyx', title: 'Telnyx', signs: true, auth: [field('public_key', 'Public key', false, true)] },
  {
    name: 'vapi',
    title: 'Vapi',
    signs: true,
    auth: [field('secret', 'Secret', true, true), field('header', 'Header', false, false)],
    call_list: [field('api_key', 'API key', true, true), field('assistant_id', 'Assistants', false, false)],
  },
];
