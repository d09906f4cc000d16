// Plays every made-up call through a fresh demo and waits until its runs are over: what `fill` makes copies of.
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values: options } = parseArgs({ options: { 'sign-in': { type: 'string' } } });
const browser = await launch({ giveUpAfter: 90 });
const page = await browser.newPage();
await page.goto(options['sign-in']);
await page.getByRole('heading', { level: 1 }).waitFor();
const over = await page.evaluate(async () => {
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
  await fetch('/v1/flows', {
    ...json,
    body: JSON.stringify({
      name: 'Nobody listens there',
      on: ['call.ended'],
      steps: [
        { id: 'tell', do: 'http.request', with: { url: 'http://127.0.0.1:1/' }, retry: { attempts: 1 } },
      ],
    }),
  });
  for (const scenario of ['interested', 'not_interested', 'voicemail', 'no_answer']) {
    const body = JSON.stringify({ provider: 'vapi', scenario });
    const answer = await fetch('/v1/calls/simulate', { ...json, body });
    if (!answer.ok) throw new Error(await answer.text());
  }
  for (let tries = 0; tries < 300; tries += 1) {
    const { data } = await (await fetch('/v1/runs?limit=100')).json();
    if (data.length > 8 && data.every((run) => run.ended_at)) return data.length;
    await new Promise((done) => setTimeout(done, 100));
  }
  return 0;
});
await browser.close();
console.log(`${over} runs are over`);
process.exit(over > 0 ? 0 : 1);
