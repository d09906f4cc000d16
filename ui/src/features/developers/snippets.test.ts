// The snippets that the screens show are run as they are, where their language is at hand; the documentation shows the same ones.
import { spawnSync } from 'node:child_process';
import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
// @ts-expect-error: a snippet has no types
import { verify } from './snippets/verify.mjs';
// @ts-expect-error: a snippet has no types
import { verify as verifyWithKey } from './snippets/verify-ed25519.mjs';

const folder = join(import.meta.dirname, 'snippets');
const body = '{"id":"msg_1","name":"Grüße"}';
const time = String(Math.floor(Date.now() / 1000));
const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'any other text'];

function sign(secret: string, at = time) {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
  const signature = createHmac('sha256', key).update(`msg_1.${at}.${body}`).digest('base64');
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': at, 'webhook-signature': `v1,b2xk v1,${signature}` };
}

type Case = [secret: string, headers: ReturnType<typeof sign>, body: string];
/** Judges all at once: starting a language takes longer than what it does. */
type Judge = (cases: Case[]) => boolean[];

const run = (program: string, args: string[], input: string) =>
  spawnSync(program, args, { input, encoding: 'utf8' });
const has = (program: string) =>
  run(program, [program === 'openssl' ? 'version' : '--version'], '').status === 0;

const python: Judge = (cases) => {
  const code = `import json,sys; sys.path.insert(0, sys.argv[1]); import verify
print(json.dumps([verify.verify(s, h, b.encode()) for s, h, b in json.load(sys.stdin)]))`;
  return JSON.parse(run('python3', ['-B', '-c', code, folder], JSON.stringify(cases)).stdout);
};
const php: Judge = (cases) => {
  const code = `require $argv[1]; $cases = json_decode(stream_get_contents(STDIN), true);
echo json_encode(array_map(fn($case) => verify(...$case), $cases));`;
  return JSON.parse(run('php', ['-r', code, join(folder, 'verify.php')], JSON.stringify(cases)).stdout);
};
const shell: Judge = (cases) =>
  cases.map(([secret, headers, body]) => {
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = headers;
    return run('sh', [join(folder, 'verify.sh'), secret, id, at, signature], body).status === 0;
  });

const judges: [name: string, program: string, judge: Judge, knowsTime: boolean][] = [
  ['node', 'node', (cases) => cases.map((each) => verify(...each)), true],
  ['python', 'python3', python, true],
  ['php', 'php', php, true],
  ['shell', 'openssl', shell, false],
];

for (const [name, program, judge, knowsTime] of judges) {
  test.runIf(has(program))(
    `the ${name} snippet takes what was signed and refuses what was changed`,
    { timeout: 30_000 },
    () => {
      const cases = secrets.flatMap((secret): Case[] => [
        [secret, sign(secret), body],
        [secret, sign(secret), `${body} `],
        ['another text', sign(secret), body],
        [secret, sign(secret, '1700000000'), body],
      ]);
      const one = [true, false, false, !knowsTime];
      expect(judge(cases)).toEqual([...one, ...one]);
    },
  );
}

test('the snippet for a public key takes what its secret half has signed and refuses what was changed', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  const signed = (at: string) => ({
    ...sign('any other text', at),
    'webhook-signature': `v1,b2xk v1a,${signBytes(null, Buffer.from(`msg_1.${at}.${body}`), privateKey).toString('base64')}`,
  });
  expect(verifyWithKey(`whpk_${key}`, signed(time), body)).toBe(true);
  expect(verifyWithKey(`whpk_${key}`, signed(time), `${body} `)).toBe(false);
  expect(verifyWithKey(`whpk_${key}`, sign('any other text'), body)).toBe(false);
  expect(verifyWithKey(`whpk_${key}`, signed('1700000000'), body)).toBe(false);
});

test('the documentation shows the same snippets', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../../../docs/webhooks.md'), 'utf8');
  for (const file of [
    'verify.mjs',
    'verify-ed25519.mjs',
    'verify.py',
    'verify.go',
    'verify.php',
    'verify.sh',
  ]) {
    expect(docs, file).toContain(readFileSync(join(folder, file), 'utf8').trim());
  }
});
