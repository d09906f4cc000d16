// One call that has ended, and what its agent's post-call actions deliver: a text message, a mail as people see it, a webhook.
//
//   node e2e/after-call.mjs --base http://… --session /tmp/session.json --out /tmp/screens
//
// The server must be allowed to reach 127.0.0.2, where everything is delivered to.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { enter, settings, tell } from './browser.mjs';
import { handsOn, mustBe } from './hands.mjs';

const { base, out, browser, page, problems } = await enter('after-call');
const { ask, until } = handsOn(page);
const host = '127.0.0.2';
const key = Buffer.from('the secret of one webhook').toString('base64');
const keep = (name, text) => writeFileSync(join(out, name), text);
const keepJson = (name, value) => keep(name, `${JSON.stringify(value, null, 2)}\n`);

/** Answers every request like Twilio that has taken a message; webhooks only look at the status. */
async function listen() {
  const came = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    came.push({ path: request.url, headers: request.headers, body });
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end('{"sid":"SM7","status":"queued"}');
  });
  server.listen(0, host).unref();
  await once(server, 'listening');
  return { url: `http://${host}:${server.address().port}`, came };
}

/** A real mail server, and the mails that came. */
async function mailServer() {
  const lab = fileURLToPath(new URL('../../target/debug/lab', import.meta.url));
  const child = spawn(lab, ['mail', JSON.stringify({ host })], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill());
  const lines = createInterface({ input: child.stdout });
  const [first] = await once(lines, 'line');
  const came = [];
  lines.on('line', (line) => came.push(JSON.parse(line)));
  return { port: JSON.parse(first).port, came };
}

const said = (start_s, role, text) => ({ role, text, start_s });
const summary =
  'Ada wants a demo of the Pro plan on Tuesday at 3 pm, for a team of < 40 & a budget of €5,000 this year. She asks for the invitation by mail.';
const recording = 'https://recordings.example/2026/11/26/c-after-call.mp3';
const event = {
  kind: 'call.ended',
  call: {
    provider_call_id: 'c-after-call',
    agent: { name: 'Mira' },
    campaign: { name: 'Autumn' },
    direction: 'inbound',
    from: '+14155552671',
    to: '+14155550100',
    started_at: '2026-11-26T14:32:10Z',
    ended_at: '2026-11-26T14:34:44Z',
    duration_s: 154,
    status: 'completed',
    disposition: 'Interested',
    contact: { first_name: 'Ada', last_name: 'Lovelace' },
    recording: { url: recording },
    transcript: [
      said(0.8, 'agent', 'Hi, this is Mira from Northwind. How can I help?'),
      said(
        4.2,
        'customer',
        'I saw your analytics plan. We are about forty people, and at the end of every month our reports take days.',
      ),
      said(13.7, 'agent', 'Where does the time go, in collecting the numbers or in writing them up?'),
      said(21, 'customer', 'Mostly in collecting them: <three systems> that don’t speak to each other.'),
      said(
        29.9,
        'agent',
        'That is what the plan is made for. Shall I set up a demo with one of our engineers?',
      ),
      said(41.6, 'customer', 'Yes please. Tuesday at three would be good.'),
    ],
    analysis: { summary, success: true, structured: { interested: true, budget: 5000 } },
  },
};

const platform = await listen();
const receiver = await listen();
const mail = await mailServer();

const facts = {
  'one call that has ended is told by text message, by mail and by webhook': async () => {
    await page.goto(`${base}/agents`);
    await ask('/v1/connections', {
      name: 'Texts',
      kind: 'twilio',
      fields: {
        account_sid: `AC${'0'.repeat(32)}`,
        auth_token: 'a-token',
        from: '+14155550100',
        api_url: platform.url,
      },
    });
    await ask('/v1/connections', {
      name: 'Office mail',
      kind: 'smtp',
      fields: { host, port: mail.port, security: 'plain', from: 'Switchhook <calls@example.com>' },
    });
    await ask('/v1/secrets', { name: 'after_call', value: `whsec_${key}` });
    await ask('/v1/agents', {
      name: 'Mira',
      actions: [
        { kind: 'sms', to: ['+14155552672'], connection: 'Texts', name: 'Owner' },
        { kind: 'email', to: ['sales@example.com'], connection: 'Office mail' },
        { kind: 'webhook', url: `${receiver.url}/calls`, enabled: true, secret: '{{ secrets.after_call }}' },
      ],
    });
    await ask('/v1/events', event);
    for (const [what, { came }] of Object.entries({ platform, mail, receiver })) {
      await until(`one came to the ${what}`, () => came.length > 0);
    }
  },
  'the text message says who called, and the summary': async () => {
    const form = Object.fromEntries(new URLSearchParams(platform.came[0].body));
    keepJson('sms.json', form);
    mustBe(form, {
      To: '+14155552672',
      From: '+14155550100',
      Body: `Call from +1 415-555-2671 Ada Lovelace\n${summary}`,
    });
  },
  'the mail has a subject, and says everything as text and as HTML': async () => {
    const { raw, headers, to, text, html } = mail.came[0];
    keep('mail.eml', raw);
    keep('mail.html', html);
    mustBe(to, ['sales@example.com']);
    mustBe(Object.fromEntries(headers).Subject, 'Call with Ada Lovelace: Interested');
    const parts = [
      '+1 415-555-2671',
      'Ada Lovelace',
      'mobile or landline',
      '00:02:34',
      '26 November 2026, 14:32 UTC',
      'Interested',
      recording,
      'Mira from Northwind',
    ];
    for (const part of [...parts, summary, '<three systems>']) {
      if (!text.includes(part)) throw new Error(`${part} is not in the text: ${text}`);
    }
    for (const part of [...parts, 'of &lt; 40 &amp; a', '&lt;three systems&gt;', `href="${recording}"`]) {
      if (!html.includes(part)) throw new Error(`${part} is not in the HTML: ${html}`);
    }
    for (const sign of ['{{', '${', 'null', 'undefined']) {
      if (`${text}${html}`.includes(sign)) throw new Error(`the mail says ${sign}`);
    }
  },
  'the mail is readable in light and dark, and as narrow as a phone': async () => {
    for (const [name, colorScheme, width] of [
      ['light', 'light', 800],
      ['dark', 'dark', 800],
      ['375', 'light', 375],
    ]) {
      const context = await browser.newContext({
        ...settings,
        colorScheme,
        viewport: { width, height: 600 },
      });
      const reader = await context.newPage();
      await reader.setContent(mail.came[0].html);
      await reader.screenshot({ path: join(out, `mail-${name}.png`), fullPage: true });
      const needs = await reader.evaluate(() => document.documentElement.scrollWidth);
      if (needs > width) throw new Error(`it is ${needs} px wide on ${width}`);
      await context.close();
    }
  },
  'the webhook is signed, has every field there is, and what became of the other two': async () => {
    const [{ headers, body }] = receiver.came;
    const payload = JSON.parse(body);
    keepJson('webhook.json', payload);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(signed).digest('base64');
    mustBe(headers['webhook-signature'], `v1,${signature}`);
    const docs = readFileSync(new URL('../../docs/payload.md', import.meta.url), 'utf8');
    const documented = JSON.parse(docs.match(/```json\n(.*?)```/s)[1]).data;
    mustBe(Object.keys(payload).sort(), Object.keys(documented).sort());
    mustBe(payload.action_results, [
      { action: 'sms', name: 'Owner', status: 'sent' },
      { action: 'email', status: 'sent' },
    ]);
    mustBe(payload.extracted_variables, { status: true, summary, interested: true, budget: 5000 });
    mustBe([payload.recording_url, payload.transcript.length, payload.duration], [recording, 6, 154]);
  },
  'each was delivered once': async () => {
    mustBe([platform.came.length, mail.came.length, receiver.came.length], [1, 1, 1]);
  },
};

await tell('after-call', facts, { page, problems, out });
await browser.close();
process.exit();
