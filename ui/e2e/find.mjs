// Finds calls by parts of what is known of them, and walks from a call to its contact and its campaign and back; what is
// confidential is found only when asked for.
//
//   node e2e/find.mjs --base http://… --session /tmp/session.json --out /tmp/screens
import { enter, tell } from './browser.mjs';
import { handsOn } from './hands.mjs';

const { base, out, browser, page, problems } = await enter('find');
const { ask, press, until } = handsOn(page);
const calls = page.getByRole('list', { name: 'Calls' }).locator('[data-row]');
const call = (id, from, more) => ({
  kind: 'call.ended',
  call: { provider_call_id: id, direction: 'inbound', from, to: '+14155550000', ...more },
});
/** Says of these fields whether they are confidential. */
async function hide(isHidden) {
  await page.goto(`${base}/settings/retention`);
  const form = page.locator('form', { hasText: 'Hidden fields' });
  for (const field of ['Number that calls', 'Summary']) {
    await form.getByLabel(field, { exact: true }).setChecked(isHidden);
  }
  await press('Save', form);
  await page.getByText('Confidential fields saved').waitFor();
}
const one = async (what) => until(what, async () => (await calls.count()) === 1);

const facts = {
  'a call is found by the last digits of its number, and that stands in the URL': async () => {
    await page.goto(`${base}/calls`);
    await ask('/v1/contacts', { phone: '+14155556677', first_name: 'Grace', columns: { list: 'find' } });
    await ask('/v1/campaigns', { name: 'Find', contacts: { list: 'find' } });
    const told = { campaign: { name: 'Find' }, disposition: 'Call later', duration_s: 4321 };
    await ask('/v1/events', [call('find-1', '+14155556677', told), call('find-2', '+14155558899')]);
    await page.getByRole('searchbox', { name: /^Search calls/ }).fill('6677');
    await page.waitForURL(/q=/);
    await one('one call is left');
  },
  'a further filter is a chip that takes itself away': async () => {
    await press('More filters');
    await page.getByLabel('Lasted at least').fill('4322');
    await page.keyboard.press('Enter');
    await page.getByText('No call matches these filters').waitFor();
    await press('Without “Lasted from 1:12:02”');
    await one('the call is back');
    await until('the focus is in the filters', () => page.getByRole('search').locator(':focus').count());
    await page.screenshot({ path: `${out}/find-light.png` });
  },
  'a call leads to its contact, whose page has its columns, campaigns and calls': async () => {
    await calls.first().click();
    await page.getByRole('link', { name: 'Grace', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Grace' }).waitFor();
    await one('the calls of the number');
    await page.getByRole('list', { name: 'Campaigns of this contact' }).getByText('Find').click();
  },
  'a campaign says whom it is for and how its calls went, and a figure leads to them': async () => {
    await page.getByText('1 contact now', { exact: false }).waitFor();
    await page.screenshot({ path: `${out}/find-campaign.png` });
    await page.getByRole('link', { name: /^Call later/ }).click();
    await page.waitForURL(/\/calls\?campaign=Find&disposition=/);
    await one('the call of the campaign');
  },
  'who is not to be called is found among contacts, and numbers come out of a file': async () => {
    await page.goto(`${base}/contacts?blocked=no&q=grace`);
    await page.getByRole('list', { name: 'Contacts' }).getByText('Grace').waitFor();
    await page.getByLabel('Do not call').selectOption('yes');
    await page.getByText('No such contact has “grace” in it').waitFor();
    await page.goto(`${base}/campaigns?q=find`);
    await page.getByRole('link', { name: /^Find/ }).click();
    await press('Edit');
    const table = Buffer.from('name;phone\nGrace;+1 415 555 6677\n');
    const file = { name: 'blocked.csv', mimeType: 'text/csv', buffer: table };
    await page.getByLabel('File of numbers not to call').setInputFiles(file);
    await page.getByText('1 added, 0 were there.').waitFor();
    await press('Save changes');
    await page.getByText('1 number of its own').waitFor();
  },
  'what is confidential is shown to whoever asks, until they leave the page': async () => {
    await ask('/v1/events', [
      call('find-3', '+14155559900', { analysis: { summary: 'Wants the red one.' } }),
    ]);
    await hide(true);
    await page.goto(`${base}/calls`);
    const table = page.getByRole('link', { name: 'Export CSV' });
    await press('Show');
    await page.waitForFunction((link) => link.href.includes('reveal=true'), await table.elementHandle());
    await page
      .getByText(/5559900/)
      .first()
      .click();
    const hidden = page.getByText('[redacted]', { exact: true });
    await hidden.first().waitFor();
    await page.screenshot({ path: `${out}/find-hidden.png` });
    await press('Show');
    await page.getByText('Wants the red one.').waitFor();
    await page.goBack();
    await page.goForward();
    await hidden.first().waitFor();
    await until('it is hidden again', async () => !(await page.getByText('Wants the red one.').count()));
    await hide(false);
  },
};

await tell('find', facts, { page, problems, out });
await browser.close();
