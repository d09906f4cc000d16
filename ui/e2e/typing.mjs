// How much typing costs in a flow of 60 steps, beside one of a single step in the same run: the page's own CPU time for a letter,
// which a busy machine does not stretch, and the longest task, in the same.
import { handsOn } from './hands.mjs';
import { longestTask } from './tasks.mjs';

const letters = 200;
/** How much more a letter may cost in the long flow, and what is nothing to speak of in any. */
const most = { times: 4, cpu: 8, task: 50 };

const request = (id) => ({
  id,
  do: 'http.request',
  with: { method: 'POST', url: 'https://crm.example/leads', json: { name: '{{ contact.first_name }}' } },
  save: { [`${id}_status`]: '{{ status }}' },
});
const made = (i) =>
  [
    request(`tell_${i}`),
    { id: `keep_${i}`, set: { [`kept_${i}`]: '{{ duration }}' } },
    { id: `each_${i}`, for_each: [1, 2], steps: [request(`inner_${i}`)] },
  ][i % 3];
const flowOf = (name, count) => ({
  name,
  on: ['call.ended'],
  enabled: false,
  steps: Array.from({ length: count }, (_, i) => made(i)),
});

const fields = {
  form: async (page) => {
    const card = page.getByRole('article', { name: /^Step tell_0: / });
    await card.getByRole('button', { expanded: false }).first().click();
    return card.getByLabel('URL', { exact: true });
  },
  canvas: async (page) => {
    await page.getByRole('button', { name: /^Step tell_0: / }).click();
    return page.getByRole('region', { name: /^Step tell_0: / }).getByLabel('URL', { exact: true });
  },
  text: async (page) => {
    const text = page.getByRole('textbox', { name: 'Flow document' });
    await text.getByText('"https://crm.example/leads"').first().click();
    return text;
  },
};

async function measure(context, base, flow, view) {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cpu = async () =>
    1000 *
    (await cdp.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  await page.goto(`${base}/flows/${flow}?view=${view}`);
  const field = await fields[view](page);
  await field.focus();
  // What comes with the first letter, such as looking the values up, is not the typing.
  await page.keyboard.type('warm ');
  const before = await cpu();
  await page.keyboard.type('abcdefghi '.repeat(letters / 10), { delay: 30 });
  const each = ((await cpu()) - before) / letters;
  // Again with the pause behind it, in which the flow is checked.
  const longest = await longestTask(page, async () => {
    await page.keyboard.type('abcdefghi ', { delay: 30 });
    await page.waitForTimeout(1500);
  });
  await page.close();
  return { each, longest };
}

/** A table of what was measured, and what of it is too much. */
export async function typing(context, base) {
  const opener = await context.newPage();
  await opener.goto(base);
  const { ask } = handsOn(opener);
  const time = Date.now();
  const make = async (name, count) => (await ask('/v1/flows', flowOf(`${name} ${time}`, count))).id;
  const short = await make('Short', 1);
  const long = await make('Long', 60);
  await opener.close();
  const ms = (value) => `${value.toFixed(1)} ms`;
  const table = [['typing', 'CPU a letter, 1 step', '60 steps', 'longest task, 1 step', '60 steps']];
  const problems = [];
  for (const view of Object.keys(fields)) {
    const few = await measure(context, base, short, view);
    const many = await measure(context, base, long, view);
    table.push([view, ms(few.each), ms(many.each), ms(few.longest), ms(many.longest)]);
    if (many.each > Math.max(most.cpu, most.times * few.each))
      problems.push(`${view}: a letter costs ${ms(many.each)} in 60 steps, ${ms(few.each)} in one`);
    if (many.longest > most.task)
      problems.push(`${view}: a task of ${ms(many.longest)} in 60 steps, ${ms(few.longest)} in one`);
  }
  return { table, problems };
}
