import { createHmac, timingSafeEqual } from 'node:crypto';

// `headers` by lower-case names; `body` exactly as it came, before any parsing.
export function verify(secret, headers, body) {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  const id = headers['webhook-id'];
  const time = headers['webhook-timestamp'];
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= 300)) return false;
  const wanted = Buffer.from(createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64'));
  return (headers['webhook-signature'] ?? '').split(' ').some((each) => {
    const sent = Buffer.from(each.replace(/^v1,/, ''));
    return sent.length === wanted.length && timingSafeEqual(sent, wanted);
  });
}
