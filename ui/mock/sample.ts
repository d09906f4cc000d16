/** One sample call, the names that stand for it, and what steps can do: what `testing.ts` answers with. */
import type { Action, EventKind } from '../src/lib/types';

export const sample = {
  id: 'sample-ended',
  kind: 'call.ended',
  provider: 'custom',
  call: {
    from: '+15550100',
    to: '+15550101',
    contact: { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com', company: 'Analytical' },
    duration_s: 125,
    disposition: 'Interested',
  },
};

const variable = (group: string, path: string, value: unknown) => ({
  group,
  path,
  value,
  type: typeof value,
});

export const variables = [
  variable('call', 'caller_number', '+15550100'),
  variable('call', 'duration', 125),
  variable('call', 'recording_url', 'https://recordings.example/c-123.mp3'),
  variable('call', 'summary', 'Ada wants a demo of the Pro plan on Tuesday at 3 pm.'),
  variable('contact', 'contact.first_name', 'Ada'),
  variable('contact', 'contact.last_name', 'Lovelace'),
  variable('contact', 'contact.company', 'Analytical'),
  variable('outcome', 'outcome.interested', true),
  variable('outcome', 'outcome.budget', 5000),
];

const kind = (name: string, title: string, description: string, asks = false): EventKind => ({
  kind: name,
  title,
  description,
  asks,
  one_shot: true,
  watches: false,
  sample: sample as unknown as EventKind['sample'],
  payload: {},
});

export const kinds = [
  kind('call.dialing', 'Before dialling', 'Right before an outbound call is dialled.', true),
  kind('call.answered', 'Call answered', 'The other side picked up.'),
  kind('tool.called', 'Tool called', 'The agent called a tool.', true),
  kind('call.ended', 'Call ended', 'The call is over.'),
  kind('call.analyzed', 'Call analyzed', 'Variables, summary and outcome are known.'),
];

const field = (
  name: string,
  label: string,
  type: Action['fields'][number]['type'],
  more: Partial<Action['fields'][number]> = {},
): Action['fields'][number] => ({
  name,
  label,
  type,
  help: '',
  required: false,
  secrets: true,
  placeholders: true,
  choices: [],
  example: '',
  group: null,
  ...more,
});

export const catalogue: Action[] = [
  {
    name: 'http.request',
    label: 'HTTP request',
    description: 'Calls any address on the web: a CRM, a helpdesk, a system of your own.',
    connections: [],
    needs_connection: false,
    timeout_s: 15,
    attempts: 5,
    sample_answer: { id: 'lead_123' },
    fields: [
      field('method', 'Method', 'choice', {
        choices: ['GET', 'POST', 'PUT'].map((value) => ({ value, label: value })),
      }),
      field('url', 'URL', 'url', { required: true, example: 'https://api.crm.example/leads' }),
      field('auth', 'Sign in with', 'auth'),
      field('headers', 'Headers', 'pairs'),
      field('json', 'JSON', 'json', { group: 'Body' }),
      field('body', 'Text', 'long_text', { group: 'Body' }),
    ],
  },
  {
    name: 'webhook.send',
    label: 'Send a webhook',
    description: 'Sends the call’s data, signed, to an address that expects webhooks.',
    connections: [],
    needs_connection: false,
    timeout_s: 15,
    attempts: 10,
    sample_answer: { ok: true },
    fields: [
      field('url', 'URL', 'url', { required: true, example: 'https://example.com/hooks/calls' }),
      field('secret', 'Signing secret', 'secret'),
    ],
  },
];
