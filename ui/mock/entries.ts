import type { Entry } from '../src/lib/types';
import { after, at } from './time.ts';

type Part = Partial<Entry> & Pick<Entry, 'number' | 'step' | 'kind' | 'attempt' | 'result'>;

const payload = {
  id: 'evt_01kaj3x8c2f7q9m1v5t0n4w6zb',
  type: 'call.ended',
  timestamp: at(300),
  data: {
    customer_phone: '+14155550123',
    duration: 134,
    extracted_variables: {
      interested: true,
      budget: 5000,
      notes: 'Wants a demo on Tuesday at 3 pm; said "call me <b>after lunch</b>".',
    },
  },
};
const sent = JSON.stringify(payload);

const request = (url: string, body: string | null = sent) => ({
  method: 'POST',
  url,
  headers: [
    ['content-type', 'application/json'],
    ['user-agent', 'Switchhook/0.1.0'],
    ['webhook-id', 'msg_01kaj3x8c2f7q9m1v5t0n4w6zb'],
    ['webhook-timestamp', '1763690000'],
    ['webhook-signature', 'v1,••••••'],
    ['idempotency-key', '7f3a9c41d2e84b06b1c5a0e9f4d7326a'],
    ['authorization', 'Bearer ••••••'],
  ],
  body,
  truncated: false,
});
const response = (status: number, body: unknown) => ({
  status,
  headers: [
    ['content-type', 'application/json'],
    ['date', 'Fri, 21 Nov 2025 09:30:00 GMT'],
    ['server', 'nginx'],
  ],
  body: typeof body === 'string' ? body : JSON.stringify(body),
  truncated: false,
});

/** One attempt that begins `from` and takes `micros`, queue not counted. */
function attempt(part: Part, from: string, micros: number): Entry {
  return { queued_us: 240, warnings: [], started_at: from, ended_at: after(from, micros), ...part };
}

const decided = (number: number, step: string, kind: Entry['kind'], from: string, detail: unknown): Entry =>
  attempt({ number, step, kind, attempt: 1, result: 'ok', queued_us: 0, detail } as Part, from, 38);

/** A delivery that fails twice and then succeeds. */
export function retried(start: string): Entry[] {
  const url = 'https://hooks.crm.example/v2/calls';
  const second = after(start, 2_310_000);
  const third = after(start, 22_400_000);
  const base = { step: 'deliver', kind: 'do', action: 'webhook.send' } as const;
  const refusal = {
    code: 'http_status',
    message: 'the receiver answered 503 Service Unavailable',
    step: 'deliver',
    status: 503,
    retry: 'yes',
  };
  return [
    attempt(
      {
        ...base,
        number: 0,
        attempt: 1,
        result: 'failed',
        error: refusal,
        retry_at: second,
        exchange: {
          request: request(url),
          response: response(503, { error: 'maintenance', retry: 'in a moment' }),
          timing: {
            address: '203.0.113.42:443',
            reused: false,
            dns_us: 18_400,
            connect_us: 24_100,
            tls_us: 51_300,
            first_byte_us: 168_000,
            total_us: 171_500,
          },
        },
      },
      start,
      174_300,
    ),
    attempt(
      {
        ...base,
        number: 1,
        attempt: 2,
        result: 'failed',
        queued_us: 18_200,
        error: {
          ...refusal,
          code: 'timeout',
          message: 'no answer within 1 s',
          status: null,
          retry: 'unknown',
        },
        retry_at: third,
        exchange: {
          request: request(url),
          response: null,
          timing: {
            address: '203.0.113.42:443',
            reused: false,
            dns_us: 900,
            connect_us: 22_800,
            tls_us: 47_900,
            first_byte_us: null,
            total_us: 1_000_400,
          },
        },
      },
      second,
      1_002_100,
    ),
    attempt(
      {
        ...base,
        number: 2,
        attempt: 3,
        result: 'ok',
        warnings: ['contact.email does not exist in this event; it was rendered as null'],
        exchange: {
          request: request(url),
          response: response(200, { accepted: true, lead: { id: 'L-20931', created: true, score: 0.87 } }),
          timing: {
            address: '203.0.113.42:443',
            reused: false,
            dns_us: 1_100,
            connect_us: 23_500,
            tls_us: 48_200,
            first_byte_us: 141_000,
            total_us: 149_800,
          },
        },
      },
      third,
      151_900,
    ),
  ];
}

/** A condition, values, and two calls over an open connection. */
export function branching(start: string): Entry[] {
  const call = (
    number: number,
    step: string,
    url: string,
    from: string,
    first: number,
    total: number,
  ): Entry =>
    attempt(
      {
        number,
        step,
        kind: 'do',
        action: 'http.request',
        attempt: 1,
        result: 'ok',
        exchange: {
          request: request(url, '{"phone":"+14155550123","priority":"high"}'),
          response: response(201, { id: 'T-88', queue: 'sales' }),
          timing: {
            address: '198.51.100.7:443',
            reused: number > 2,
            dns_us: number > 2 ? null : 6_200,
            connect_us: number > 2 ? null : 11_900,
            tls_us: number > 2 ? null : 23_000,
            first_byte_us: first,
            total_us: total,
          },
        },
      },
      from,
      total + 900,
    );
  return [
    decided(0, 'hot', 'if', start, {
      condition: "outcome.priority == 'high' or duration > 600",
      branch: 'then',
    }),
    decided(1, 'names', 'set', after(start, 60), { full_name: 'Ada Lovelace', score: 87 }),
    call(2, 'task', 'https://api.tickets.example/tasks', after(start, 320), 92_000, 96_500),
    call(
      3,
      'notify',
      'https://api.tickets.example/notify?number=%2B14155550123',
      after(start, 98_200),
      38_000,
      39_100,
    ),
    attempt(
      {
        number: 4,
        step: 'nurture',
        kind: 'do',
        action: 'email.send',
        attempt: 1,
        result: 'skipped',
        queued_us: 0,
      },
      after(start, 138_900),
      12,
    ),
  ];
}

/** A lead that the receiver refuses for good. */
export function refused(start: string): Entry[] {
  return [
    decided(0, 'who', 'set', start, { lead_name: 'Ada Lovelace' }),
    attempt(
      {
        number: 1,
        step: 'lead',
        kind: 'do',
        action: 'http.request',
        attempt: 1,
        result: 'failed',
        error: {
          code: 'http_status',
          message: 'the receiver answered 401 Unauthorized',
          step: 'lead',
          status: 401,
          retry: 'no',
        },
        exchange: {
          request: request('https://api.crm.example/leads?source=voice&campaign=Sales%20Outbound%20Q1'),
          response: response(401, {
            error: { code: 'invalid_token', message: 'The access token expired on 2025-11-18T00:00:00Z' },
          }),
          timing: {
            address: '203.0.113.9:443',
            reused: false,
            dns_us: 12_000,
            connect_us: 31_000,
            tls_us: 60_000,
            first_byte_us: 130_000,
            total_us: 131_200,
          },
        },
      },
      after(start, 300),
      133_000,
    ),
  ];
}

/** One attempt failed, the next is due. */
export function waiting(start: string, due: string): Entry[] {
  return retried(start)
    .slice(0, 1)
    .map((entry) => ({ ...entry, retry_at: due }));
}
