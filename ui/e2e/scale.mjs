// How fast the screens are over a large workspace: time until usable and first contentful paint, the best of several times; the
// page's own CPU time until then (which a busy machine does not stretch), memory; and how smoothly long lists scroll. Prints a
// table; fails on what takes longer than it may; then how much typing costs in a long flow, beside a short one. See e2e/scale.sh.
//
//   node e2e/scale.mjs --sign-in LINK [--usable MS] [--task MS] [--times N]
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';
import { handsOn } from './hands.mjs';
import { longestTask } from './tasks.mjs';
import { typing } from './typing.mjs';

const { values: options } = parseArgs({
  options: {
    'sign-in': { type: 'string' },
    usable: { type: 'string', default: '1000' },
    task: { type: 'string', default: '50' },
    times: { type: 'string', default: '4' },
  },
});
if (!options['sign-in']) {
  console.error('usage: node e2e/scale.mjs --sign-in LINK [--usable MS] [--task MS] [--times N]');
  process.exit(2);
}
const base = new URL(options['sign-in']).origin;
const most = { usable: Number(options.usable), task: Number(options.task) };
const times = Number(options.times);
const browser = await launch({ giveUpAfter: 900 });
const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
const opener = await context.newPage();
await opener.goto(options['sign-in']);
await opener.getByRole('heading', { level: 1 }).waitFor();

const { ask } = handsOn(opener);

/** A call of 10,000 turns, and a run over a list of 1,000. */
async function make() {
  // Of its own at each measurement, so that one workspace can be measured twice.
  const time = Date.now();
  const agent = { name: `Long one ${time}` };
  const items = Array.from({ length: 1000 }, (_, i) => i);
  await ask('/v1/flows', {
    name: `A long loop ${time}`,
    on: ['call.ended'],
    where: { agents: [agent.name] },
    steps: [{ id: 'each', for_each: items, steps: [{ id: 'keep', set: { kept: '{{ item }}' } }] }],
  });
  const transcript = Array.from({ length: 10_000 }, (_, i) => ({
    role: i % 2 ? 'customer' : 'agent',
    text: `Turn ${i}: ${'and so on '.repeat(1 + (i % 12))}`,
    start_s: i * 2,
    end_s: i * 2 + (i % 7 ? 1.9 : 0.5),
  }));
  const began = Date.now() - 20_000_000;
  const times = {
    started_at: new Date(began).toISOString(),
    ended_at: new Date(began + 20_000_000).toISOString(),
  };
  const call = {
    provider_call_id: `long-${time}`,
    agent,
    status: 'completed',
    ...times,
    duration_s: 20_000,
    transcript,
  };
  const { events } = await ask('/v1/events', [{ id: `long-${time}`, kind: 'call.ended', call }]);
  const { call_id: id, runs } = events[0];
  const loop = await Promise.all(runs.map((run) => ask(`/v1/runs/${run}`)));
  return { call: id, run: loop.find((run) => run.flow.name === `A long loop ${time}`).id };
}

const made = await make();
const first = async (path) => (await ask(path)).data[0].id;
const usual = {
  call: await first('/v1/calls?limit=1&agent=Sarah'),
  run: await first('/v1/runs?limit=1&status=failed'),
};
await opener.close();

const row = (list) => `[aria-label="${list}"] [data-row]`;
const screens = [
  ['runs', '/runs', row('Runs')],
  ['runs, failed', '/runs?status=failed', row('Runs')],
  ['runs of an agent', '/runs?agent=Sarah', row('Runs')],
  ['calls', '/calls', row('Calls')],
  ['calls of a number', '/calls?number=%2B14155550123', row('Calls')],
  ['deliveries', '/deliveries', row('Deliveries')],
  ['deliveries, failed', '/deliveries?result=failed', row('Deliveries')],
  ['flows', '/flows', row('Flows')],
  ['overview', '/', row('Latest runs')],
  ['run', `/runs/${usual.run}`, '[role="option"]'],
  ['run of 1,000 items', `/runs/${made.run}`, '[role="option"]'],
  ['call', `/calls/${usual.call}`, '[aria-label="Conversation"] li'],
  ['call of 10,000 turns', `/calls/${made.call}`, '[aria-label="Conversation"] li'],
];
const problems = [];
const table = [
  ['screen', 'usable', 'first paint', 'CPU', 'heap', 'elements', 'longest task', 'CPU per frame'],
];

/** Scrolls with the wheel for two seconds; how many frames there were. */
async function scroll(page) {
  await page.mouse.move(600, 500);
  await page.evaluate(() => {
    window.frames = 0;
    const next = () => {
      window.frames += 1;
      window.frame = requestAnimationFrame(next);
    };
    window.frame = requestAnimationFrame(next);
  });
  for (let i = 0; i < 40; i += 1) {
    await page.mouse.wheel(0, 500);
    await page.waitForTimeout(50);
  }
  return page.evaluate(() => {
    cancelAnimationFrame(window.frame);
    return window.frames;
  });
}

for (const [name, path, ready] of screens) {
  // The first time is not counted: the others are as whoever has been here before, with files in the browser's cache.
  const seen = { usable: Number.POSITIVE_INFINITY };
  for (let time = 0; time <= times; time += 1) {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    const measure = async (name) =>
      (await cdp.send('Performance.getMetrics')).metrics.find((metric) => metric.name === name).value;
    await page.goto(base + path, { waitUntil: 'commit' });
    await page.waitForSelector(ready, { timeout: 30_000 });
    const now = await page.evaluate(
      () =>
        new Promise((done) =>
          requestAnimationFrame(() =>
            done({
              usable: performance.now(),
              paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
            }),
          ),
        ),
    );
    now.cpu = 1000 * (await measure('TaskDuration'));
    if (time > 0 && now.usable < seen.usable) Object.assign(seen, now);
    if (time === times) {
      const before = 1000 * (await measure('TaskDuration'));
      const frames = await scroll(page);
      seen.frameCpu = (1000 * (await measure('TaskDuration')) - before) / Math.max(1, frames);
      seen.task = await longestTask(page, () => scroll(page));
      seen.heap = await measure('JSHeapUsedSize');
      seen.elements = await page.evaluate(() => document.getElementsByTagName('*').length);
    }
    await page.close();
  }
  const ms = (value) => `${value.toFixed(0)} ms`;
  const heap = `${(seen.heap / 1e6).toFixed(0)} MB`;
  table.push([
    name,
    ms(seen.usable),
    ms(seen.paint),
    ms(seen.cpu),
    heap,
    String(seen.elements),
    ms(seen.task),
    `${seen.frameCpu.toFixed(1)} ms`,
  ]);
  if (seen.usable > most.usable) problems.push(`${name}: usable after ${ms(seen.usable)}`);
  if (seen.task > most.task) problems.push(`${name}: a task of ${ms(seen.task)} while scrolling`);
}
const typed = await typing(context, base);
problems.push(...typed.problems);
await browser.close();

function print(table) {
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
  for (const line of table) console.log(line.map((cell, column) => cell.padEnd(widths[column])).join('  '));
}
print(table);
print(typed.table);
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
