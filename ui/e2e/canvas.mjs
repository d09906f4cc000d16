// Builds the same worked example on the canvas, by keys where a person would use them: tests it, takes things back, saves it as a
// draft and publishes it.
//
//   node e2e/canvas.mjs --base http://… --session /tmp/session.json --out /tmp/screens
import { join } from 'node:path';
import { enter, tell } from './browser.mjs';
import { firstId, handsOn, mustBe, readExample } from './hands.mjs';

const example = { ...readExample('crm-lead'), name: 'CRM lead, drawn' };
const { base, out, browser, page, problems } = await enter('canvas');
const { ask, press, until, fill, fillCondition, fillStep, readText, prepare } = handsOn(page);
const canvas = page.getByRole('group', { name: 'Canvas', exact: true });
const node = (id) => canvas.getByRole('button', { name: new RegExp(`^Step ${id}: `) });
const told = (id, words) => canvas.getByRole('button', { name: new RegExp(`^Step ${id}: .*${words}`) });
const branch = (name) => canvas.getByRole('button', { name: `Branch ${name}`, exact: true });
const panel = (id) => page.getByRole('region', { name: new RegExp(`^Step ${id}: `) });
const views = page.getByRole('group', { name: 'How the flow is edited' });
const key = (keys) => page.keyboard.press(keys);
const has = (what, locator) => until(what, () => locator.and(page.locator(':focus')).count());
const order = () =>
  canvas.locator('[data-node]').evaluateAll((all) => all.map((each) => each.dataset.node).join(' '));
const isOrder = (wanted) => until(`the places are ${wanted}`, async () => (await order()) === wanted);

async function chooseStep(words) {
  await page.getByRole('combobox', { name: 'Search: Steps' }).fill(words);
  await key('Enter');
}

const facts = {
  'a flow begins with what starts it': async () => {
    await page.goto(`${base}/flows/new?view=canvas`);
    await prepare();
    await page.reload();
    await page.getByLabel('Name', { exact: true }).fill(example.name);
    await page.getByLabel('Moment of the call').selectOption('call.ended');
    const filters = page.getByRole('group', { name: 'Filters to add' });
    await press('Campaign', filters);
    await page.getByLabel('Campaign is').fill(example.where.campaigns[0]);
    await key('Enter');
    await press('Condition', filters);
    await fillCondition();
    await canvas.getByText('2 filters must hold').waitFor();
  },
  'steps are put behind each other, by a key and by the sign on a line': async () => {
    const [lead, ...others] = example.steps;
    await canvas.getByRole('button', { name: /^When: / }).click();
    await key('a');
    await chooseStep(lead.do);
    await until('the focus is in the form', () => panel(firstId(lead)).locator(':focus').count());
    await fillStep(lead, panel(firstId(lead)), panel(lead.id));
    await press('Keep values from the answer', panel(lead.id));
    await fill(
      panel(lead.id).getByRole('group', { name: 'Keep from the answer' }),
      'Keep a value',
      lead.save,
    );
    let before = lead.id;
    for (const step of others) {
      await canvas.getByRole('button', { name: `Add a step after ${before}`, exact: true }).click();
      await chooseStep(step.do);
      await fillStep(step, panel(firstId(step)), panel(step.id));
      before = step.id;
    }
    await isOrder(`@when ${example.steps.map(({ id }) => id).join(' ')} @failure`);
  },
  'the text is the documentation’s example, and the address says what is chosen': async () => {
    await press('Text', views);
    mustBe(JSON.parse(await readText()), example);
    await press('Canvas', views);
    await until('the step is in the address', () => page.url().includes('step=tell_slack'));
  },
  'arrows go through it, Enter opens a step': async () => {
    await node('tell_slack').focus();
    await key('ArrowUp');
    await has('the step before has the focus', node('mail_sales'));
    await key('Home');
    await key('ArrowDown');
    await has('the first step has the focus', node('lead'));
    await key('Enter');
    await until('its form has the focus', () => panel('lead').locator(':focus').count());
    await key('Escape');
    await has('its node has the focus again', node('lead'));
  },
  'branches are drawn, filled, copied, collapsed, and taken back': async () => {
    await node('tell_slack').focus();
    await key('Insert');
    await chooseStep('Goes one way or the other');
    await until('the form of the condition', () => panel('if').locator(':focus').count());
    await branch('Then').focus();
    await key('a');
    await chooseStep('Set values');
    await until('its form has the focus', () => panel('set').locator(':focus').count());
    await node('set').focus();
    await key('Control+c');
    await branch('Otherwise').focus();
    await key('Control+v');
    await has('the copy has the focus', node('set_2'));
    await isOrder('@when lead mail_sales tell_slack if if/then set if/else set_2 @failure');
    await key('Alt+ArrowUp');
    await isOrder('@when lead mail_sales tell_slack set_2 if if/then set if/else @failure');
    await has('what was moved keeps the focus', node('set_2'));
    const line = canvas.getByRole('button', { name: 'Add a step after mail_sales', exact: true });
    await node('set_2').dragTo(line);
    await isOrder('@when lead mail_sales set_2 tell_slack if if/then set if/else @failure');
    await has('what was dragged has the focus', node('set_2'));
    await key('Control+z');
    await isOrder('@when lead mail_sales tell_slack set_2 if if/then set if/else @failure');
    await node('if').focus();
    await key('Space');
    await node('set').waitFor({ state: 'detached' });
    await canvas.getByText('1 step inside').waitFor();
    await key('Delete');
    await has('the focus is where it was', node('set_2'));
    await key('Control+z');
    await node('if').waitFor();
    await node('if').focus();
    await key('Control+y');
    await node('if').waitFor({ state: 'detached' });
    await until('something of the canvas has the focus', () => canvas.locator('[data-node]:focus').count());
    await node('set_2').focus();
    await key('Delete');
    await isOrder('@when lead mail_sales tell_slack @failure');
  },
  'what a step can use is put where the cursor was': async () => {
    await node('tell_slack').click();
    const text = panel('tell_slack').getByRole('textbox', { name: 'Value of text', exact: true });
    const before = await text.inputValue();
    await text.focus();
    await key('End');
    await panel('tell_slack')
      .getByRole('region', { name: 'Input' })
      .getByRole('button', { name: /^lead_id/ })
      .click();
    await until('it is there', async () => (await text.inputValue()) === `${before}{{ lead_id }}`);
    await text.fill(before);
  },
  'a dry test stands on the steps, and its request beside the form': async () => {
    await press('Test');
    await press('Run the test');
    await page.getByText('This call would not start the flow').waitFor();
    await press('Try the steps anyway');
    for (const { id } of example.steps) await told(id, 'would be sent').waitFor();
    await press('Close the test');
    const output = panel('tell_slack').getByRole('region', { name: 'Output' });
    await output.getByText('https://slack.com/api/chat.postMessage').first().waitFor();
    await output.getByText('🔥 New lead: Ada from Analytical').waitFor();
  },
  'a problem is marked on its step and led to': async () => {
    await node('lead').click();
    await panel('lead').getByLabel('URL', { exact: true }).fill('');
    await told('lead', '1 problem').waitFor();
    await node('mail_sales').click();
    await press('1 problem');
    await press('lead › url');
    await has('the focus is in the field', panel('lead').getByLabel('URL', { exact: true }));
    await panel('lead').getByLabel('URL', { exact: true }).fill(example.steps[0].with.url);
    await until('it is gone', async () => (await page.getByText('1 problem').count()) === 0);
  },
  'it is kept as a draft, then published': async () => {
    await press('Create as draft');
    await page.getByRole('heading', { level: 1, name: example.name }).waitFor();
    await page.getByText('never run').waitFor();
    await node('lead').waitFor();
    await press('Publish');
    await press('Publish the draft');
    await page.getByText('version 2', { exact: true }).waitFor();
    await node('lead').click();
    await panel('lead').getByLabel('URL', { exact: true }).fill(`${base}/demo/crm/leads`);
    await press('Save as draft');
    await page.getByText('New runs take version 2 until you publish it.').waitFor();
  },
  'a run is seen in the same picture': async () => {
    await press('Publish');
    await press('Publish the draft');
    await page.getByText('version 4', { exact: true }).waitFor();
    const call = {
      provider_call_id: 'canvas-1',
      campaign: { name: example.where.campaigns[0] },
      contact: { first_name: 'Ada', company: 'Analytical' },
      duration_s: 90,
      status: 'completed',
      analysis: { structured: { interested: true, notes: 'wants a demo' } },
    };
    await ask('/v1/events', { kind: 'call.ended', call });
    const flow = new URL(page.url()).pathname.split('/').at(-1);
    let run;
    await until('it runs', async () => {
      [run] = (await ask(`/v1/runs?flow=${flow}`)).data;
      return run && (await ask(`/v1/runs/${run.id}`)).entries.some(({ step }) => step === 'mail_sales');
    });
    await page.goto(`${base}/runs/${run.id}`);
    await press('Canvas', page.getByRole('group', { name: 'How the run is shown' }));
    await told('mail_sales', '(failed|tried again)').waitFor();
    await told('lead', 'succeeded').click();
    const request = page.getByRole('tabpanel', { name: 'Request' });
    await request.getByText(`${base}/demo/crm/leads`).waitFor();
    await key('ArrowDown');
    await has('the next step has the focus', node('mail_sales'));
    await page.getByRole('heading', { name: /^mail_sales/ }).waitFor();
  },
  'a mail is shown as whoever gets it sees it, in a frame that runs and loads nothing': async () => {
    const html =
      '<h1 style="color: rgb(1, 2, 3)">Hello {{ contact.first_name }}</h1><img src="https://mail.example/seen.png" alt="seen"><script>parent.document.title = "run"</script>';
    const flow = await ask('/v1/flows', {
      name: 'Thanks by mail',
      on: ['call.ended'],
      enabled: false,
      steps: [
        {
          id: 'thanks',
          do: 'email.send',
          connection: 'Mail',
          with: { to: 'ada@example.com', subject: 'Hi {{ contact.first_name }}', text: 'Hello', html },
        },
      ],
    });
    await page.goto(`${base}/flows/${flow.id}?view=canvas&step=thanks`);
    await panel('thanks').getByLabel('Account').and(page.locator('select')).waitFor();
    await press('Test this step');
    await told('thanks', 'would be sent').waitFor();
    const shown = panel('thanks').getByRole('region', { name: 'The mail' });
    await shown.getByText('Hi Ada').waitFor();
    await shown.getByText('Shop <shop@example.com>').waitFor();
    const title = shown.frameLocator('iframe').getByRole('heading', { name: 'Hello Ada' });
    await title.waitFor();
    const colour = await title.evaluate((each) => getComputedStyle(each).color);
    if (colour !== 'rgb(1, 2, 3)') throw new Error(`its own style is refused: ${colour}`);
    if ((await page.title()) === 'run') throw new Error('a script of the mail has run');
    await page.screenshot({ path: join(out, 'canvas-mail-light.png') });
  },
};

await tell('canvas', facts, { page, problems, out });
await browser.close();
