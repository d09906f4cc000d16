// Fills in the form of each kind of step once, without writing JSON; the server takes the flow as it is then.
//
//   node e2e/forms.mjs --base http://… --session /tmp/session.json --out /tmp/screens
import { enter, tell } from './browser.mjs';
import { handsOn, mustBe } from './hands.mjs';

const { base, out, browser, page, problems } = await enter('forms');
const { ask, press, until, fill, writeText, prepare } = handsOn(page);
const card = (id) => page.getByRole('article', { name: new RegExp(`^Step ${id}: `) });
const inside = (name) => page.getByRole('region', { name, exact: true });
const steps = page.getByRole('region', { name: 'Then', exact: true });

/** Adds a step at the end of a list; the focus is in its form then. */
async function add(list, words, id) {
  await list
    .getByRole('button', { name: /^Add (a|the first) step$/ })
    .last()
    .click();
  await page.getByRole('combobox', { name: 'Search: Steps' }).fill(words);
  await page.keyboard.press('Enter');
  await until(`the focus is in ${id}`, () => card(id).locator(':focus').count());
  return card(id);
}
const fold = (id) => card(id).getByRole('button', { expanded: true }).first().click();
const subflow = 'Send every finished call to the inspector';
const wanted = [
  { id: 'set', set: { lead: '{{ contact.first_name }}' } },
  {
    id: 'choose',
    switch: [
      { if: "lead == 'Ada'", steps: [{ id: 'stop', stop: { status: 'failed', reason: 'Ada again' } }] },
    ],
  },
  {
    id: 'each',
    for_each: '{{ inputs.items }}',
    as: 'entry',
    steps: [{ id: 'code', do: 'code.run', with: { code: 'return inputs.one + 1;' } }],
  },
  {
    id: 'parallel',
    parallel: [
      [
        {
          id: 'wait',
          wait: {
            window: { days: ['mon', 'tue', 'wed', 'thu'], from: '09:00', to: '17:00', zone: 'Europe/Berlin' },
          },
        },
      ],
      [],
    ],
  },
  {
    id: 'try',
    try: [
      {
        id: 'email',
        do: 'email.send',
        with: { to: 'ada@example.com', subject: 'Hello', text: 'Hi' },
        connection: 'Mail',
      },
    ],
    catch: [{ id: 'subflow', flow: subflow }],
  },
  { id: 'reply', reply: { variables: '{{ lead }}' } },
];

const facts = {
  'values are set, and a case stops the run': async () => {
    await page.goto(`${base}/flows/new?view=form`);
    await prepare();
    await page.reload();
    await page.getByLabel('Name', { exact: true }).fill('Every kind of step');
    await page.getByLabel('Moment of the call').selectOption('call.incoming');
    const set = await add(steps, 'Gives names to values', 'set');
    await fill(set.getByRole('group', { name: 'Values' }), 'Add a field', wanted[0].set);
    await fold('set');
    const choose = await add(steps, 'Takes the first case', 'choose');
    await choose.getByLabel('Field of When, 1').fill('lead');
    await choose.getByLabel('Value of When, 1').fill('Ada');
    const stop = await add(inside('Case 1'), 'Ends the run here', 'stop');
    await stop.getByLabel('The run has').selectOption('failed');
    await stop.getByLabel('Reason').fill('Ada again');
    await fold('choose');
  },
  'a loop runs code, branches wait for office hours': async () => {
    const each = await add(steps, 'Repeats its steps', 'each');
    await each.getByLabel('List', { exact: true }).fill(wanted[2].for_each);
    await each.getByLabel('Name of the item').fill('entry');
    await add(inside('For each item'), 'code.run', 'code');
    await writeText('return inputs.one + 1;', 'Code');
    await fold('each');
    await add(steps, 'Takes several branches', 'parallel');
    const wait = await add(inside('Branch 1'), 'For a while, until', 'wait');
    await wait.getByLabel('Wait', { exact: true }).selectOption('window');
    await wait.getByLabel('Fri').uncheck();
    await fold('parallel');
  },
  'a mail has another flow to fall back to, and whoever asked is answered': async () => {
    await add(steps, 'Takes other steps when one fails', 'try');
    const mail = await add(inside('Try'), 'email.send', 'email');
    await mail.getByLabel('Account').selectOption('Mail');
    await mail.getByLabel('To', { exact: true }).fill('ada@example.com');
    await mail.getByLabel('Subject', { exact: true }).fill('Hello');
    await mail.getByLabel('Text', { exact: true }).fill('Hi');
    const other = await add(inside('If a step in it fails'), 'goes on when it has ended', 'subflow');
    await other.getByLabel('Flow', { exact: true }).selectOption(subflow);
    await fold('try');
    const reply = await add(steps, 'Answers whoever asked', 'reply');
    await fill(reply.getByRole('group', { name: 'Answer' }), 'Add a field', wanted[5].reply);
  },
  'the server takes it as it is': async () => {
    await press('Create flow');
    await page.getByRole('heading', { level: 1, name: 'Every kind of step' }).waitFor();
    const flow = await ask(`/v1/flows/${new URL(page.url()).pathname.split('/').at(-1)}`);
    mustBe(flow.document.steps, wanted);
  },
};

await tell('forms', facts, { page, problems, out });
await browser.close();
