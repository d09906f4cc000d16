// What somebody does who has never seen it: builds the worked CRM example in three steps, without writing JSON or leaving the page,
// tests it, turns it on, and sees it run on a simulated call.
//
//   node e2e/wizard.mjs --base http://… --session /tmp/session.json --out /tmp/screens
import { enter, tell } from './browser.mjs';
import { firstId, handsOn, mustBe, readExample } from './hands.mjs';

const { base, out, browser, page, problems } = await enter('wizard');
const { ask, press, until, fill, fillCondition, fillStep, readText, prepare } = handsOn(page);
const account = 'Mail of the newcomer';

/** The example as it can run here: for the calls that are rehearsed, and with a mail server that nobody has. */
const example = readExample('crm-lead');
example.name = 'Leads of the newcomer';
example.where.campaigns = ['Sales Outbound Q1'];
for (const step of example.steps) {
  if (step.with.url) step.with.url = `${base}/demo/crm/leads`;
  else Object.assign(step, { connection: account, on_error: 'continue', retry: { attempts: 1 } });
}
const [lead, mail, slack] = example.steps;

const card = (id) => page.getByRole('article', { name: new RegExp(`^Step ${id}: `) });
const words = page.getByRole('status', { name: 'The flow in words' });
const current = page.locator('[aria-current="step"]');
const views = page.getByRole('group', { name: 'How the flow is edited' });
const next = () => page.getByRole('button', { name: /^Next: / }).click();
const isAt = (part) => until(`the step is ${part}`, async () => (await current.textContent()).includes(part));

async function choose(name, step) {
  await page
    .getByRole('region', { name: /^(First|And then)$/ })
    .getByRole('button', { name })
    .click();
  await until('the focus is in the new step', () => card(firstId(step)).locator(':focus').count());
}

async function connect() {
  await press('Connect an account');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(account);
  await dialog.getByLabel('Server').fill('127.0.0.1');
  await dialog.getByLabel('Sender').fill('Shop <shop@example.com>');
  await press('Save connection', dialog);
  await until(
    'it is chosen',
    async () => (await card('email').getByLabel('Account').inputValue()) === account,
  );
}

const facts = {
  'a new flow begins with three steps': async () => {
    await page.goto(`${base}/flows`);
    await prepare();
    await page.getByRole('link', { name: 'New flow' }).click();
    await page.getByRole('link', { name: /^Start with three steps/ }).click();
    await isAt('When');
  },
  'when: the calls are named without syntax, and it is said in words': async () => {
    await page.getByRole('radio', { name: /^Call ended/ }).check();
    await press('Sales Outbound Q1');
    await fillCondition();
    await words
      .getByText(
        'After each call in the campaign Sales Outbound Q1, if outcome.interested is true and duration is more than 60',
      )
      .waitFor();
    await next();
  },
  'then: cards are filled in, and an account is connected where it is needed': async () => {
    await isAt('Then');
    await choose(/^HTTP request/, lead);
    await fillStep(lead, card(firstId(lead)), card(lead.id));
    await press('Keep values from the answer', card(lead.id));
    await fill(card(lead.id).getByRole('group', { name: 'Keep from the answer' }), 'Keep a value', lead.save);
    await choose(/^Send a mail/, mail);
    await connect();
    await fillStep(mail, card(firstId(mail)), card(mail.id));
    await press('More', card(mail.id));
    await card(mail.id).getByLabel('If it fails for good').selectOption('continue');
    await card(mail.id).getByLabel('Attempts').fill('1');
    await choose(/^HTTP request/, slack);
    await fillStep(slack, card(firstId(slack)), card(slack.id));
    await words
      .getByText(/HTTP request to 127.+, then Send a mail to sales@company.com, then HTTP request to/)
      .waitFor();
  },
  'a reload, and going back, lose nothing': async () => {
    await page.reload();
    await isAt('Then');
    await card(slack.id).waitFor();
    await page.goBack();
    await isAt('When');
    await page.goForward();
    await isAt('Then');
    await next();
    await isAt('Review');
    await page.getByLabel('Name', { exact: true }).fill(example.name);
  },
  'the text is the documentation’s example': async () => {
    await press('Text', views);
    mustBe(JSON.parse(await readText()), example);
    await press('Guided', views);
  },
  'review: each step shows what it would send, with nothing sent': async () => {
    const result = page.getByRole('article', { name: `Result of ${lead.id}` });
    await result.getByText('"first_name": "Ada"').waitFor();
    await page
      .getByRole('article', { name: `Result of ${mail.id}` })
      .getByText('(lead lead_123)')
      .waitFor();
    await press('Send it once');
    await press('Not now', page.getByRole('alertdialog'));
  },
  'it is turned on, and a simulated call runs it': async () => {
    await press('Turn on');
    await page.getByRole('heading', { level: 1, name: example.name }).waitFor();
    await page.getByText('This flow has not run yet').waitFor();
    await page.getByRole('button', { name: /^Play a rehearsal call/ }).click();
    await page.getByRole('menuitem', { name: /^Interested/ }).click();
    const run = page.getByRole('list', { name: 'Runs of this flow' }).locator('[data-row]').first();
    await run.waitFor();
    const id = (await run.getAttribute('href')).split('/').at(-1);
    await until('it has succeeded', async () => (await ask(`/v1/runs/${id}`)).status === 'succeeded');
  },
  'its failed attempt is two clicks away, and a replay three': async () => {
    await page.getByRole('list', { name: 'Runs of this flow' }).locator('[data-row]').first().click();
    const attempts = page.getByRole('listbox', { name: 'Attempts' }).getByRole('option');
    for (const { id } of example.steps) await attempts.filter({ hasText: id }).first().waitFor();
    await attempts.filter({ hasText: mail.id }).first().click();
    await page.getByText('is not public').first().waitFor();
    const before = page.url();
    await press('Replay');
    await page.getByRole('radio', { name: /^From the start/ }).check();
    await press('Start the replay');
    await page.waitForURL((url) => url.href !== before && url.pathname.startsWith('/runs/'));
    await page.getByText('Replay of').waitFor();
  },
};

await tell('wizard', facts, { page, problems, out });
await browser.close();
