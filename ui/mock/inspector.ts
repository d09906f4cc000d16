import { at } from './time.ts';

/** What the built-in receiver was sent. */
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
