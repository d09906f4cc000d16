import { createPublicKey, verify as verifyBytes } from 'node:crypto';

// What stands before the key in its usual form (SPKI, RFC 8410).
const before = Buffer.from('302a300506032b6570032100', 'hex');

// `publicKey` is whpk_…; `headers` by lower-case names; `body` exactly as it came, before any parsing.
export function verify(publicKey, headers, body) {
  const key = Buffer.concat([before, Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64')]);
  const known = createPublicKey({ key, format: 'der', type: 'spki' });
  const id = headers['webhook-id'];
  const time = headers['webhook-timestamp'];
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= 300)) return false;
  return (headers['webhook-signature'] ?? '')
    .split(' ')
    .filter((each) => each.startsWith('v1a,'))
    .some((each) =>
      verifyBytes(null, Buffer.from(`${id}.${time}.${body}`), known, Buffer.from(each.slice(4), 'base64')),
    );
}
