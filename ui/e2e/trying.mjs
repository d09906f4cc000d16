// Tries a flow out in the editor: with an event of one's own, pinned answers and cases, beside its text; then publishes it with a note.
//
//   node e2e/trying.mjs --base http://… --session /tmp/session.json --out /tmp/screens
import { join } from 'node:path';
import { enter, tell } from './browser.mjs';
import { handsOn } from './hands.mjs';

const { base, out, browser, page, problems } = await enter('trying');
const { ask, press, until, readText, writeText } = handsOn(page);
const canvas = page.getByRole('group', { name: 'Canvas', exact: true });
const node = (id) => canvas.getByRole('button', { name: new RegExp(`^Step ${id}: `) });
const panel = (id) => page.getByRole('region', { name: new RegExp(`^Step ${id}: `) });
const shot = (name) => page.screenshot({ path: join(out, `trying-${name}.png`) });

const document = {
  name: 'Tried out',
  on: ['call.ended'],
  enabled: false,
  steps: [
    {
      id: 'lead',
      do: 'http.request',
      with: { url: 'https://crm.invalid/leads', method: 'POST', json: { name: '{{ contact.first_name }}' } },
      save: { lead_id: '{{ body.id }}' },
    },
    // biome-ignore lint/suspicious/noThenProperty: a step of a flow has this member
    { id: 'hot', if: 'duration > 1', then: [{ id: 'note', set: { lead: '{{ lead_id }}' } }] },
  ],
};
let flow;

const facts = {
  'a value that is dragged into a condition goes without its braces': async () => {
    await page.goto(`${base}/flows`);
    flow = await ask('/v1/flows', document);
    await page.goto(`${base}/flows/${flow.id}?view=canvas&step=hot`);
    const left = panel('hot').getByLabel('Field of If, 1');
    await until('the condition has been read', async () => (await left.inputValue()) === 'duration');
    await left.fill('');
    await panel('hot')
      .getByRole('button', { name: /^lead_id/ })
      .dragTo(left);
    await until('it is the bare path', async () => (await left.inputValue()) === 'lead_id');
    await page.keyboard.press('Control+z');
    await press('Discard changes');
  },
  'an event of one’s own is what values are filled in from, also after a reload': async () => {
    await node('lead').click();
    await press('Test');
    await press('Edit the event');
    const told = JSON.parse(await readText('The event'));
    told.call.contact.first_name = 'Grace';
    await writeText('[1]', 'The event');
    await page.getByText('An event is an object').waitFor();
    await writeText('', 'The event');
    await page.getByText('Nothing stands here').waitFor();
    await writeText(JSON.stringify(told), 'The event');
    await panel('lead').getByText('→ Grace').first().waitFor();
    await page.reload();
    await panel('lead').getByText('→ Grace').first().waitFor();
    await press('Test');
    await page.getByRole('button', { name: 'With: Your own event' }).waitFor();
    await press('Run the test');
    await page.getByText('The run would succeed').waitFor();
  },
  'a pinned answer is marked, and stays until it is unpinned': async () => {
    await press('What other systems answer');
    await page.getByRole('textbox', { name: 'Body' }).first().fill('{"id": "L-7"}');
    await canvas.getByRole('button', { name: /^Step lead: .*its answer is pinned/ }).waitFor();
    await press('Run the test');
    const outcome = page.getByRole('article', { name: 'Result of note' });
    await outcome.getByRole('button').first().click();
    await outcome.getByText('"L-7"').waitFor();
    await page.reload();
    await canvas.getByRole('button', { name: /^Step lead: .*its answer is pinned/ }).waitFor();
  },
  'a test becomes a case, and a change that breaks it is told': async () => {
    await press('Test');
    await press('Run the test');
    await page.getByLabel('Keep this test as a case').fill('a lead is made');
    await press('Save as a case');
    await press('Run all cases');
    await page.getByText('All hold').waitFor();
    await shot('case');
    await panel('lead').getByLabel('URL', { exact: true }).fill('https://crm.invalid/persons');
    await press('Run all cases');
    await page.getByText('1 of 1 fail').waitFor();
    await page.getByText('"https://crm.invalid/persons"').waitFor();
    await press('Close the test');
  },
  'on a narrow page the form, what it can use and what it gives take turns': async () => {
    await page.setViewportSize({ width: 375, height: 800 });
    const parts = panel('lead').getByRole('group', { name: 'What of the step is shown' });
    await press('Output', parts);
    await panel('lead')
      .getByRole('region', { name: 'Output' })
      .getByRole('button', { name: 'Table' })
      .click();
    await press('Unpin the answer', panel('lead'));
    await shot('narrow');
    await press('Input', parts);
    await panel('lead')
      .getByRole('button', { name: /^contact\.first_name/ })
      .waitFor();
    await press('Form', parts);
    await page.setViewportSize({ width: 1360, height: 900 });
  },
  'the text stands beside the picture, and each follows the other': async () => {
    await press('The text beside it');
    const text = page.getByRole('textbox', { name: 'Flow document' });
    await until('it is in the address', () => page.url().includes('text=beside'));
    await text.getByText('"note"').first().click();
    await page.keyboard.press('ArrowRight');
    await until('the step is chosen', () => node('note').and(page.locator('[aria-current]')).count());
    await node('lead').click();
    await text.locator('.cm-shown + .cm-line').getByText('"lead"').waitFor();
    await shot('beside');
    await press('The text beside it');
  },
  'several steps are chosen, put into a try, copied to the clipboard and taken back': async () => {
    await node('lead').click();
    await node('hot').click({ modifiers: ['Shift'] });
    const bar = page.getByRole('region', { name: 'Steps that are chosen together' });
    await bar.getByText('2 steps chosen').waitFor();
    await shot('range');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.keyboard.press('Control+c');
    await press('Into a try', bar);
    await node('try').waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    if (JSON.parse(text).steps.length !== 2) throw new Error(`the clipboard holds ${text}`);
    await node('try').focus();
    await page.keyboard.press('Control+v');
    await node('lead_2').waitFor();
    await node('hot_2').waitFor();
    await node('lead_2').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await bar.getByText('2 steps chosen').waitFor();
    await press('Delete', bar);
    await node('lead_2').waitFor({ state: 'detached' });
    await node('try').focus();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await node('try').waitFor({ state: 'detached' });
    // A frame that is drawn from beside the first step to below the second chooses both; a text that holds no steps is refused.
    let before;
    await until('the picture stands still', async () => {
      const [last, now] = [before, JSON.stringify(await node('lead').boundingBox())];
      before = now;
      return last === now;
    });
    const [one, two] = [await node('lead').boundingBox(), await node('hot').boundingBox()];
    await page.keyboard.down('Shift');
    await page.mouse.move(one.x - 30, one.y + 5);
    await page.mouse.down();
    await page.mouse.move(one.x + 40, two.y + 5, { steps: 4 });
    await shot('marquee');
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await bar.getByText('2 steps chosen').waitFor();
    await page.keyboard.press('Control+x');
    await node('hot').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await node('hot').focus();
    await page.evaluate(() => navigator.clipboard.writeText('{ "steps": [{}] }'));
    await page.keyboard.press('Control+v');
    await page.getByText('Item 1 is no step').waitFor();
    await page.keyboard.press('Control+a');
    await bar.waitFor();
    await page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached' });
    await press('Full window', canvas);
    await press('Leave the full window', canvas);
  },
  'a word that is begun is completed, and filters too': async () => {
    const value = panel('lead').getByRole('textbox', { name: 'Value of name' });
    await node('lead').click();
    await value.fill('{{ contact.las }}');
    await value.evaluate((field) => field.setSelectionRange(14, 14));
    await page.keyboard.press('Control+Space');
    await page.getByRole('option', { name: /^contact\.last_name/ }).waitFor();
    await page.keyboard.press('Enter');
    await until('the path is there', async () => (await value.inputValue()) === '{{ contact.last_name }}');
    await value.evaluate((field) => field.setSelectionRange(21, 21));
    await page.keyboard.type('|');
    await page.getByRole('option', { name: /^upper/ }).waitFor();
    await page.keyboard.type('upp');
    await page.keyboard.press('Enter');
    await until('the filter is there', async () => /last_name ?\| upper/.test(await value.inputValue()));
    await value.fill('{{ contact.first_name }}');
  },
  'publishing shows what changes first, and takes a note': async () => {
    await press('Save and publish');
    const dialog = page.getByRole('dialog', { name: 'Save and publish?' });
    await dialog.getByText(/step `lead`: with.url/).waitFor();
    await press('As text', dialog);
    await dialog.getByText('"url": "https://crm.invalid/persons"').waitFor();
    await shot('publish');
    await dialog.getByLabel('Note').fill('persons instead of leads');
    await press('Publish', dialog);
    await page.getByText('version 2', { exact: true }).waitFor();
    const versions = await ask(`/v1/flows/${flow.id}/versions`);
    if (versions.data[0].note !== 'persons instead of leads') throw new Error('the note is not kept');
  },
};

await tell('trying', facts, { page, problems, out });
await browser.close();
