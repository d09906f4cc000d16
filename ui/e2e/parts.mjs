// Reads a run with branches and items side by side: what they did stands where the run is read.
//
//   node e2e/parts.mjs --base http://… --session /tmp/session.json --out /tmp/screens
import { enter, tell } from './browser.mjs';
import { handsOn } from './hands.mjs';

const { base, out, browser, page, problems } = await enter('parts');
const { ask, until } = handsOn(page);
const attempts = page.getByRole('listbox', { name: 'Attempts' }).getByRole('option');
const attempt = (text) => attempts.filter({ hasText: text });
const see = (text, within = page) => within.getByText(text).first().waitFor();
const isFocused = (row) => row.evaluate((each) => each === document.activeElement);
const call = (id, url) => ({ id, do: 'http.request', with: { url }, retry: { attempts: 1 } });
const document = {
  name: 'Tell everybody at once',
  on: ['call.ended'],
  steps: [
    {
      id: 'both',
      parallel: [[call('left', `${base}/demo/inspect`)], [{ id: 'right', set: { side: 'right' } }]],
    },
    {
      id: 'each',
      for_each: ['demo', 'v1', 'demo'],
      as: 'place',
      parallel: 3,
      on_error: 'continue',
      steps: [call('tell', `${base}/{{ place }}/runs`)],
    },
  ],
};
let run;

const facts = {
  'a run opens at the attempt of the item that failed, below its step': async () => {
    await page.goto(`${base}/runs`);
    const flow = await ask('/v1/flows', document);
    await ask('/v1/calls/simulate', { provider: 'vapi', scenario: 'interested' });
    await until('the run has ended', async () => {
      const { data } = await ask(`/v1/runs?whole=true&flow=${flow.id}`);
      run = data[0];
      return run?.ended_at;
    });
    await page.goto(`${base}/runs/${run.id}`);
    await attempt('3 in = 2 ok + 1 failed').waitFor();
    await page.locator('[role="option"][aria-selected="true"]', { hasText: 'tell · item 2' }).waitFor();
    await page.screenshot({ path: `${out}/parts-light.png` });
  },
  'a branch shows what it did, and is walked over and folded by the keyboard': async () => {
    await attempt('branch 1').click();
    await attempt('left').waitFor();
    await attempt('branch 1').press('ArrowLeft');
    await attempt('left').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowRight');
    await attempt('left').waitFor();
    await page.keyboard.press('ArrowDown');
    await until('it went down', () => isFocused(attempt('left')));
    await page.keyboard.press('ArrowUp');
    await until('it went up to the branch', () => isFocused(attempt('branch 1')));
    await page.keyboard.press('ArrowUp');
    await until('and to the step', () => isFocused(attempt('2 branches')));
  },
  'only what failed is shown on demand, and that stands in the URL': async () => {
    await attempt('branch 2').waitFor();
    await page.getByRole('checkbox', { name: 'Failed only' }).check();
    await page.waitForURL(/failed=true/);
    await until('nothing else is shown', async () => (await attempt('branch 2').count()) === 0);
    await attempt('item 2').first().waitFor();
  },
  'the canvas reads the same journals': async () => {
    await page.goto(`${base}/runs/${run.id}?view=canvas`);
    const canvas = page.getByRole('group', { name: 'Canvas' });
    for (const name of [
      /^Step left: .*succeeded/,
      /^Step each: .*3 items · 1 failed/,
      /^Step tell: .*failed/,
    ])
      await canvas.getByRole('button', { name }).waitFor();
    await page.screenshot({ path: `${out}/parts-canvas.png` });
  },
  'a part says of which run it is one, and offers no replay': async () => {
    await page.goto(`${base}/runs/${run.id}`);
    await page.getByRole('link', { name: 'Open its run' }).click();
    await see('each, item 2');
    if ((await page.getByRole('button', { name: 'Replay', exact: true }).count()) > 0)
      throw new Error('a part offers a replay that is refused');
    await page.getByRole('link', { name: 'each, item 2' }).click();
    await page.waitForURL(new RegExp(`${run.id}.*part=`));
    await attempt('tell · item 2').waitFor();
  },
  'lists show whole runs, and parts on demand': async () => {
    await page.goto(`${base}/runs?flow=${run.flow.id}`);
    const rows = page.getByRole('list', { name: 'Runs' }).locator('[data-row]');
    await until('one run', async () => (await rows.count()) === 1);
    await page.goto(`${base}/runs?parent=${run.id}`);
    await until('its five parts', async () => (await rows.count()) === 5);
    await see('item 2', rows.first().locator('..').locator('..').locator('..'));
  },
};

await tell('parts', facts, { page, problems, out });
await browser.close();
