import type { Agent, Campaign, Contact } from '../src/lib/types';
import { id } from './ids.ts';
import { at } from './time.ts';

const kept = (n: number) => ({ version: n, created_at: at(900_000), updated_at: at(80_000 * n) });

const contact = (n: number, first: string, last: string, more: Partial<Contact> = {}): Contact => ({
  id: id('cont', n),
  ...kept(1),
  phone: `+1415555267${n}`,
  first_name: first,
  last_name: last,
  email: `${first.toLowerCase()}@example.com`,
  company: 'Analytical Engines',
  do_not_call: false,
  columns: {},
  ...more,
});

export const contacts: Contact[] = [
  contact(1, 'Ada', 'Lovelace', { columns: { plan: 'gold', seats: 12, lead_source: 'fair' } }),
  contact(2, 'Charles', 'Babbage', { do_not_call: true }),
  contact(3, 'Grace', 'Hopper', { email: null, company: null, columns: { plan: 'silver' } }),
];

export const imported = {
  dry_run: true,
  rows: 412,
  created: 390,
  updated: 0,
  unchanged: 0,
  skipped: 20,
  refused: 2,
  refusals: [
    {
      line: 17,
      field: 'phone',
      reason: '`1.41555E+10` was rounded by a spreadsheet: format the column as text',
    },
    { line: 204, field: 'email', reason: 'is no e-mail address such as ada@example.com' },
  ],
  stopped: null,
  columns: [
    { heading: 'Name', feeds: 'full_name' },
    { heading: 'Mobile', feeds: 'phone' },
    { heading: 'Lead source', feeds: 'lead_source' },
    { heading: 'Notes', feeds: null },
  ],
  samples: [],
};

export const agents: Agent[] = [
  {
    id: id('agent', 1),
    ...kept(3),
    name: 'Sarah',
    language: 'en',
    numbers: ['+14155550100'],
    provider: 'vapi',
    provider_agent_id: 'asst_8f2c1d',
    system_prompt: 'You are Sarah. You qualify inbound leads for a software company.',
    variables: [
      {
        name: 'budget',
        type: 'money',
        description: 'The most that the customer wants to spend',
        required: true,
        confidential: false,
      },
      {
        name: 'plan_size',
        type: 'choice',
        description: 'The plan they ask about',
        required: false,
        confidential: false,
        choices: ['small', 'medium', 'large'],
      },
    ],
    questions: [{ question: 'How many seats do they need?', type: 'number' }],
    dispositions: ['Wants a demo'],
    actions: [
      { id: 'a1', kind: 'sms', name: 'Tell the owner', to: ['+14155550101'] },
      {
        id: 'a2',
        kind: 'email',
        to: ['sales@example.com'],
        connection: 'Sales mail',
        when: {
          dispositions: ['Interested'],
          answers: [{ question: 'How many seats do they need?', is: 'at_least', value: 10 }],
        },
      },
      { id: 'a3', kind: 'webhook', url: 'https://crm.example/calls', enabled: true, only_completed: true },
    ],
    call_actions: [
      {
        id: 'c1',
        moment: 'call_start',
        enabled: true,
        method: 'POST',
        url: 'https://api.example.com/start',
        headers: { 'X-Source': 'calls' },
        timeout_s: 15,
      },
    ],
    flows: [
      {
        id: 'flow_01kaj3x8c2f7q9m1v5t0n40001',
        name: 'After calls of Sarah',
        call_action: null,
        extracts: false,
        paused: false,
      },
      {
        id: 'flow_01kaj3x8c2f7q9m1v5t0n40002',
        name: 'Call of Sarah, when it is answered',
        call_action: 'c1',
        extracts: false,
        paused: false,
      },
    ],
  },
];

export const campaigns: Campaign[] = [
  {
    id: id('camp', 1),
    ...kept(1),
    name: 'Sales Outbound Q1',
    type: 'outbound',
    agent: 'Sarah',
    caller_id: '+14155550100',
    windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }],
    zone: 'America/New_York',
    concurrency: 5,
    no_answer: { attempts: 3, after_minutes: 120 },
    busy: null,
    do_not_call: ['+14155550199'],
    contacts: { list: 'spring' },
  },
];

export const choices = {
  agents: agents.map(({ name }) => name),
  campaigns: campaigns.map(({ name }) => name),
  dispositions: ['Interested', 'Not interested', 'Call later', 'DNC', 'Voicemail', 'Wrong number'],
  questions: agents.flatMap(({ questions }) => questions ?? []),
};

export const outcomes = {
  calls: 1302,
  complete: true,
  dispositions: [
    { value: 'Interested', calls: 540 },
    { value: null, calls: 402 },
    { value: 'Call later', calls: 352 },
    { value: 'Wrong number', calls: 8 },
  ],
  statuses: [
    { value: 'completed', calls: 900 },
    { value: 'unanswered', calls: 402 },
  ],
};
