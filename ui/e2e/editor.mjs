// Builds a worked example of the documentation in the form, without writing JSON: tests it, saves it, mends it, sees its run.
//
//   node e2e/editor.mjs --base http://… --session /tmp/session.json --out /tmp/screens
import { enter, tell } from './browser.mjs';
import { firstId, handsOn, mustBe, readExample } from './hands.mjs';

const example = readExample('crm-lead');
const { base, out, browser, page, problems } = await enter('editor');
const { ask, press, until, fill, fillCondition, fillStep, readText, prepare } = handsOn(page);
const views = page.getByRole('group', { name: 'How the flow is edited' });
const card = (id) => page.getByRole('article', { name: new RegExp(`^Step ${id}: `) });
const fold = (id) => card(id).getByRole('button', { expanded: true }).first().click();
const unfold = (id) => card(id).getByRole('button', { expanded: false }).first().click();
const focused = page.locator(':focus');

async function addStep(step, button) {
  await press(button);
  await page.getByRole('combobox', { name: 'Search: Steps' }).fill(step.do);
  await page.keyboard.press('Enter');
  const fresh = card(firstId(step));
  await until('the focus is in the new step', () => fresh.locator(':focus').count());
  await fillStep(step, fresh, card(step.id));
}

const facts = {
  'the trigger and its filters are chosen': async () => {
    await page.goto(`${base}/flows/new?view=form`);
    await prepare();
    await page.getByLabel('Name', { exact: true }).fill(example.name);
    await page.getByLabel('Moment of the call').selectOption('call.ended');
    const filters = page.getByRole('group', { name: 'Filters to add' });
    await press('Campaign', filters);
    await until('the focus is in the filter', () => page.getByLabel('Campaign is').and(focused).count());
    await page.keyboard.type(example.where.campaigns[0]);
    await page.keyboard.press('Enter');
    await press('Condition', filters);
    await fillCondition();
    await page.getByText('Holds for the sample').waitFor();
  },
  'requests and a mail are put together from fields and values': async () => {
    const [lead, ...others] = example.steps;
    await addStep(lead, 'Add the first step');
    await press('Keep values from the answer', card(lead.id));
    await fill(card(lead.id).getByRole('group', { name: 'Keep from the answer' }), 'Keep a value', lead.save);
    await fold(lead.id);
    for (const step of others) {
      await addStep(step, 'Add a step');
      await fold(step.id);
    }
  },
  'a value is picked at the cursor and its preview stands below': async () => {
    const step = card('tell_slack');
    await unfold('tell_slack');
    const text = step.getByRole('textbox', { name: 'Value of text', exact: true });
    const wanted = example.steps[2].with.json.text;
    await text.fill('');
    await text.pressSequentially('🔥 New lead: {{');
    await page.getByRole('listbox', { name: 'What could stand here' }).waitFor();
    await page.keyboard.type(' contact.fi');
    const offered = page.getByRole('option', { name: /^contact\.first_name/ });
    await until('it is lit', async () => (await offered.getAttribute('aria-selected')) === 'true');
    await page.keyboard.press('Enter');
    await until('it is in the text', async () =>
      (await text.inputValue()).includes('{{ contact.first_name }}'),
    );
    await step.getByText('🔥 New lead: Ada').waitFor();
    await text.fill(wanted);
    await step.getByText('🔥 New lead: Ada from Analytical').waitFor();
  },
  'the text is the documentation’s example': async () => {
    await press('Text', views);
    mustBe(JSON.parse(await readText()), example);
    await press('Form', views);
    await page.getByText('Runs when the call is settled').waitFor();
  },
  'the page’s keys are letters where text or code is typed': async () => {
    await press('Text', views);
    const text = page.getByRole('textbox', { name: 'Flow document' });
    await text.getByText('"name"').first().click();
    await page.keyboard.press('End');
    await page.keyboard.type(' ?/gr');
    await until('it is in the text', async () => (await readText()).includes('?/gr'));
    await page.keyboard.press('Control+z');
    await until('it is gone', async () => !(await readText()).includes('?'));
    mustBe(JSON.parse(await readText()), example);
    await press('Form', views);
    await card('lead').waitFor();
  },
  'a JSON field of a step is described by its help, and what pops up in it is not cut off': async () => {
    await unfold('lead');
    const ways = card('lead').getByRole('group', { name: 'How JSON is edited' });
    await press('JSON', ways);
    const json = card('lead').getByRole('textbox', { name: 'JSON', exact: true });
    await json.click();
    const [help, drawn] = await json.evaluate((field) => [
      field.ariaDescribedByElements.map((each) => each.textContent).join(),
      getComputedStyle(field.getRootNode().host.closest('li')).contentVisibility,
    ]);
    mustBe({ help, drawn }, { help: 'the body as a JSON value', drawn: 'visible' });
    await press('Fields', ways);
    await fold('lead');
  },
  'undo takes back the last thing and redo brings it again': async () => {
    await card('lead').getByRole('button', { name: 'Actions of lead' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await card('lead_2').waitFor();
    await card('lead_2').getByRole('button').first().press('Alt+ArrowDown');
    await until('it is third', async () =>
      /^Step lead_2/.test(await page.getByRole('article').nth(2).getAttribute('aria-label')),
    );
    await press('Undo (Ctrl+Z)');
    await press('Undo (Ctrl+Z)');
    await card('lead_2').waitFor({ state: 'detached' });
  },
  'a test that sends nothing shows why the sample would not start it, and each request': async () => {
    await press('Test');
    await press('Run the test');
    await page.getByText('This call would not start the flow').waitFor();
    await press('Try the steps anyway');
    const result = page.getByRole('article', { name: 'Result of lead' });
    await result.getByRole('button').first().click();
    await result.getByText('https://api.crm.com/leads').first().waitFor();
    await result.getByText('"first_name": "Ada"').waitFor();
    const mail = page.getByRole('article', { name: 'Result of mail_sales' });
    await mail.getByRole('button').first().click();
    await mail.getByText('(lead lead_123)').waitFor();
  },
  'one step is tested alone, with what the others saved': async () => {
    await card('mail_sales').getByRole('button', { name: 'Actions of mail_sales' }).click();
    await page.getByRole('menuitem', { name: 'Test this step' }).click();
    await until(
      'one result',
      async () => (await page.getByRole('article', { name: /^Result of/ }).count()) === 1,
    );
    await page.getByText('(lead lead_123)').waitFor();
  },
  'it is saved, mended where a problem points, and saved again': async () => {
    await press('Create flow');
    await page.getByRole('heading', { level: 1, name: example.name }).waitFor();
    for (const [i, step] of example.steps.entries()) {
      const { id } = step;
      await unfold(id);
      if (step.do === 'email.send') {
        await press('More', card(id));
        await card(id).getByLabel('If it fails for good').selectOption('continue');
        await card(id).getByLabel('Attempts').fill('1');
        continue;
      }
      const url = card(id).getByLabel('URL', { exact: true });
      if (i === 0) {
        await url.fill('');
        await press('1 problem');
        await press(`${id} › url`);
        await until('the focus is in the field', () => url.and(focused).count());
      }
      await url.fill(`${base}/demo/crm/leads`);
    }
    await press('Save and publish');
    await press('Publish');
    await page.getByText('version 2', { exact: true }).waitFor();
  },
  'a call runs it': async () => {
    const call = {
      provider_call_id: 'editor-1',
      campaign: { name: example.where.campaigns[0] },
      contact: { first_name: 'Ada', company: 'Analytical' },
      duration_s: 90,
      status: 'completed',
      analysis: { structured: { interested: true, notes: 'wants a demo' } },
    };
    await ask('/v1/events', { kind: 'call.ended', call });
    await page.getByRole('tab', { name: 'Runs' }).click();
    const run = page.getByRole('list', { name: 'Runs of this flow' }).locator('[data-row]').first();
    await run.waitFor();
    const id = (await run.getAttribute('href')).split('/').at(-1);
    await until('it has succeeded', async () => (await ask(`/v1/runs/${id}`)).status === 'succeeded');
    await run.click();
    const attempts = page.getByRole('listbox', { name: 'Attempts' }).getByRole('option');
    for (const { id } of example.steps) await attempts.filter({ hasText: id }).first().waitFor();
  },
};

await tell('editor', facts, { page, problems, out });
await browser.close();
