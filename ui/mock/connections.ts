import type { Connection, ConnectionKind } from '../src/lib/types';
import { id } from './ids.ts';
import { at } from './time.ts';

type Field = ConnectionKind['fields'][number];
const field = (name: string, label: string, help: string, more: Partial<Field> = {}): Field => ({
  name,
  label,
  help,
  type: 'text',
  required: false,
  default: null,
  choices: [],
  maximum: null,
  ...more,
});

export const connectionKinds: ConnectionKind[] = [
  {
    name: 'smtp',
    label: 'Mail server (SMTP)',
    help: 'The server that your mails go out through. Your provider calls it SMTP or outgoing mail.',
    fields: [
      field('host', 'Server', 'Such as smtp.example.com.', { required: true }),
      field('security', 'Security', 'With STARTTLS nothing is sent unless the server turns to TLS.', {
        type: 'choice',
        default: 'starttls',
        choices: [
          { value: 'starttls', label: 'STARTTLS (port 587)' },
          { value: 'tls', label: 'TLS from the start (port 465)' },
        ],
      }),
      field('port', 'Port', '587, 465 with TLS from the start, 25 without.', {
        type: 'number',
        maximum: 65535,
      }),
      field('password', 'Password', 'Many providers want an app password here.', { type: 'secret' }),
    ],
  },
  {
    name: 'twilio',
    label: 'Twilio',
    help: 'Sends text messages.',
    fields: [field('auth_token', 'Auth token', 'From the console.', { type: 'secret', required: true })],
  },
];

const connection = (n: number, name: string, more: Partial<Connection>): Connection => ({
  id: id('con', n),
  version: 1,
  name,
  kind: 'smtp',
  fields: { host: 'smtp.example.com', from: 'Shop <shop@example.com>' },
  secrets: ['password'],
  tested: null,
  used_by: [],
  created_at: at(900_000),
  updated_at: at(800_000),
  ...more,
});

export const connections: Connection[] = [
  connection(1, 'Sales mail', {
    tested: {
      at: at(4_000),
      works: true,
      message: 'smtp.example.com:587 answers and accepts the user name and password; no mail was sent',
    },
    used_by: [
      { id: 'flow_01kaj3x8c2f7q9m1v5t0n40001', name: 'Thank interested callers' },
      { id: 'flow_01kaj3x8c2f7q9m1v5t0n40002', name: 'Summary to the agent' },
    ],
  }),
  connection(2, 'Support mail', {
    tested: {
      at: at(9_000),
      works: false,
      message:
        'the mail server does not accept the user name and password of connection `Support mail`: 535 5.7.8 Authentication failed. Correct them there; many providers want an app password',
    },
  }),
  connection(3, 'Texts', { kind: 'twilio', fields: { from: '+14155550100' }, secrets: ['auth_token'] }),
];
