// Finds everything from anywhere with the keyboard alone, in a demo, with the session that e2e/journey.mjs left.
//
//   node e2e/palette.mjs --base http://127.0.0.1:4173 --session /tmp/session.json --out /tmp/screens
import { join } from 'node:path';
import { enter, tell } from './browser.mjs';
import { handsOn } from './hands.mjs';

const session = await enter('palette');
const { base, out, browser, page } = session;
const { ask, until } = handsOn(page);

const field = page.getByRole('combobox', { name: 'Search: anything' });
const open = async () => {
  await page.keyboard.press('Control+k');
  await field.waitFor();
};
const dialog = page.getByRole('dialog', { name: 'Find anything' });
const option = (name) => dialog.getByRole('option', { name });
const first = async (name) => {
  await until(`${name} is the first`, async () =>
    name.test((await dialog.getByRole('option').first().textContent()) ?? ''),
  );
  await page.keyboard.press('Enter');
};

const facts = {
  'the keys open it everywhere, and the sidebar shows them': async () => {
    await page.goto(`${base}/runs`);
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    await page.getByRole('button', { name: 'Find anything' }).first().waitFor();
    await open();
    await option('New flow').waitFor();
    await page.screenshot({ path: join(out, 'palette.png') });
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
  },
  'a place is opened by a part of its name': async () => {
    await open();
    await page.keyboard.type('destin');
    await first(/Destinations/);
    await page.waitForURL(/\/destinations$/);
  },
  'a flow is found by its name': async () => {
    const { id, name } = (await ask('/v1/flows')).data[0];
    await open();
    await page.keyboard.type(name);
    await option(new RegExp(name)).first().waitFor();
    await page.screenshot({ path: join(out, 'palette-found.png') });
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/flows/${id}`));
  },
  'pasted ids of a run, a call and an event lead to them': async () => {
    const run = (await ask('/v1/runs?limit=1')).data[0].id;
    const event = (await ask('/v1/events?limit=1')).data[0];
    for (const [id, url] of [
      [run, `/runs/${run}`],
      [event.call.id, `/calls/${event.call.id}`],
      [event.id, `/calls/${event.call.id}?tab=events`],
    ]) {
      await open();
      await field.fill(id);
      await first(/^Open the/);
      await page.waitForURL((at) => at.pathname + at.search === url);
    }
  },
  'a number leads to its calls, whatever stands between its digits': async () => {
    await open();
    await page.keyboard.type('+1 (555) 010-0');
    await first(/^Calls with/);
    await page.waitForURL(/\/calls\?q=/);
  },
  'what nobody has is said, with what can be looked for': async () => {
    await open();
    await page.keyboard.type('zzzzzz');
    await page.getByText('Nothing is called so').waitFor();
    await page.keyboard.press('Escape');
  },
  'a flow is turned off and on where it is listed, and found by how it stands': async () => {
    const { name } = (await ask('/v1/flows')).data.find(({ enabled }) => enabled);
    await page.goto(`${base}/flows`);
    await page.getByRole('button', { name: `Turn “${name}” off` }).click();
    await page.getByRole('button', { name: 'Turn it off', exact: true }).click();
    await page.getByRole('button', { name: `Turn “${name}” on` }).click();
    await page.getByRole('button', { name: 'Turn it on', exact: true }).click();
    await page.getByRole('button', { name: `Turn “${name}” off` }).waitFor();
    await page.getByLabel('Standing').selectOption('paused');
    await page.waitForURL(/is=paused/);
    await page.getByText('No flow matches these filters').waitFor();
  },
  'a flow’s page says how it does, and its runs are filtered there': async () => {
    const { id } = (await ask('/v1/runs?status=succeeded&limit=1')).data[0].flow;
    await page.goto(`${base}/flows/${id}?tab=runs`);
    await page
      .getByRole('list', { name: 'Figures of the last 7 days' })
      .getByText(/succeeded/)
      .waitFor();
    await page.getByLabel('Status').selectOption('succeeded');
    await page.waitForURL(/status=succeeded/);
    await page.getByRole('list', { name: 'Runs of this flow' }).getByRole('link').first().waitFor();
  },
  'a destination leads to what went out to it': async () => {
    await page.goto(`${base}/destinations`);
    await page
      .getByRole('list', { name: 'Destinations' })
      .getByRole('link', { name: /:\d+$/ })
      .first()
      .click();
    await page.waitForURL(/\/destinations\/.+/);
    await page.getByRole('group', { name: 'Attempts' }).waitFor();
    await page.getByRole('list', { name: 'Deliveries' }).getByRole('link').first().waitFor();
  },
  'the theme is changed, and a new agent begun': async () => {
    await open();
    await page.keyboard.type('theme dark');
    await first(/Theme: dark/);
    await until(
      'it is dark',
      async () => (await page.evaluate(() => document.documentElement.dataset.theme)) === 'dark',
    );
    await open();
    await page.keyboard.type('theme as the');
    await first(/as the system/);
    await open();
    await page.keyboard.type('new agent');
    await first(/New agent/);
    await page.getByRole('dialog', { name: /agent/i }).waitFor();
    await page.keyboard.press('Control+k');
    if (await field.count()) throw new Error('it opens over a dialog');
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/agents$/);
  },
};

await tell('palette', facts, session);
await browser.close();
