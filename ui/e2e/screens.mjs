// Visits every screen in light, dark and at 375 px, saves a PNG of each, and fails on console errors, violations of the
// content security policy, overflow to the side and serious findings of axe.
//
//   node e2e/screens.mjs --base http://127.0.0.1:4173 --sign-in 'http://…/sign-in?token=…' --out /tmp/screens [--mock] [--only run]
//
// With --brief each screen is opened once, every other one in a narrow window, and seen in the other looks by turning that page
// into them; a picture is taken only of what is wrong.
// In place of the link, which works once: --session FILE, as e2e/journey.mjs left it.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch, listen, settings } from './browser.mjs';
import { handsOn } from './hands.mjs';

const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    'sign-in': { type: 'string' },
    session: { type: 'string' },
    out: { type: 'string', default: 'screens' },
    mock: { type: 'boolean', default: false },
    only: { type: 'string' },
    brief: { type: 'boolean', default: false },
  },
});
if (!options.base) {
  console.error(
    'usage: node e2e/screens.mjs --base URL [--sign-in LINK | --session FILE] [--out DIR] [--mock] [--brief] [--only NAME]',
  );
  process.exit(2);
}
const { base, out } = options;
mkdirSync(out, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const wide = { width: 1360, height: 900 };
/** Colours are all that differs in the dark, and the page is asked for none of them: what is open can be turned from one into the other. */
const looks = {
  light: { colorScheme: 'light', viewport: wide },
  dark: { colorScheme: 'dark', viewport: wide },
  375: { colorScheme: 'light', viewport: { width: 375, height: 812 } },
};
/** The looks of one opening of a screen, in the order in which they are seen. */
const openings = (at) =>
  options.brief
    ? [at % 2 ? ['375', 'light', 'dark'] : ['light', 'dark', '375']]
    : [['light', 'dark'], ['375']];
/** Pages that are open at a time: more than there are processors wait for each other. */
const hands = 3;

const problems = [];
const browser = await launch({ giveUpAfter: 1200 });

/** A demo has no agent of its own: one with a bit of everything, and a contact. */
async function makeAgent() {
  const post = async (path, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()).id;
  };
  await post('/v1/contacts', {
    phone: '+14155552671',
    first_name: 'Ada',
    last_name: 'Lovelace',
    columns: { plan: 'gold' },
  });
  // A model that nobody can ask, and a call of which nothing was found out therefore; something of it is confidential.
  await post('/v1/connections', {
    name: 'Out of reach',
    kind: 'openai',
    fields: { api_key: 'sk-none', model: 'm-1', base_url: 'http://127.0.0.1:9/v1' },
  });
  await post('/v1/agents', {
    name: 'Nora',
    variables: [
      { name: 'diagnosis', type: 'text', description: 'What they suffer from', confidential: true },
    ],
    extraction: { connection: 'Out of reach' },
  });
  const agent = await post('/v1/agents', {
    name: 'Sarah',
    provider: 'vapi',
    language: 'en',
    numbers: ['+14155550100'],
    variables: [{ name: 'budget', type: 'money', description: 'The most that the customer wants to spend' }],
    questions: [{ question: 'How many seats do they need?', type: 'number' }],
    dispositions: ['Wants a demo'],
    extraction: { connection: 'Out of reach', zone: '{{ contact.time_zone }}' },
    actions: [{ kind: 'webhook', url: 'https://crm.example/calls', enabled: true }],
    call_actions: [{ moment: 'call_start', url: 'https://crm.example/start' }],
  });
  const said = (role, text) => ({ role, text });
  await post('/v1/events', {
    kind: 'call.ended',
    call: {
      provider_call_id: 'not-analysed',
      agent: { name: 'Nora' },
      status: 'completed',
      variables: { diagnosis: 'Asthma' },
      transcript: [said('agent', 'How many seats do you need?'), said('customer', 'About twenty.')],
    },
  });
  await post('/v1/campaigns', { name: 'Sales Outbound Q1', agent: 'Sarah' });
  return agent;
}

/** The screens of whatever is there: ids are taken from the API with the page's own session. */
async function plan(page) {
  const first = async (path, pick = () => true) => {
    const rows = await page.evaluate(async (url) => {
      const answer = await fetch(url);
      return answer.ok ? (await answer.json()).data : [];
    }, path);
    return (rows.find(pick) ?? rows[0])?.id;
  };
  const screens = [
    ['overview', '/'],
    ['overview-week', '/?range=week&chart=calls'],
    ['overview-latency', '/?range=month&chart=latency'],
    ['runs', '/runs'],
    ['runs-filtered', '/runs?status=failed'],
    ['calls', '/calls'],
    ['flows', '/flows'],
    ['flow-start', '/flows/new'],
    ['flow-new', '/flows/new?view=form'],
    ['wizard', '/flows/new?view=wizard'],
    ['wizard-steps', '/flows/new?view=wizard&part=steps'],
    ['canvas-new', '/flows/new?view=canvas'],
    ['recipes', '/recipes'],
    ['recipes-filtered', '/recipes?q=sms&category=communication'],
    ['recipes-none', '/recipes?q=nothing-like-it'],
    ['recipe', '/recipes/support-ticket'],
    ['recipe-live', '/recipes/pre-call-lookup'],
    ['recipe-unknown', '/recipes/nothing'],
    ['alerts', '/alerts'],
    ['alerts-all', '/alerts?show=all'],
    ['settings', '/settings'],
    ['members', '/settings/members'],
    ['audit', '/settings/audit'],
    ['notify', '/settings/notify'],
    ['usage', '/usage'],
    ['usage-flows', '/usage?by=flow&days=7'],
    ['workspace', '/settings/workspace'],
    ['network', '/settings/network'],
    ['retention', '/settings/retention'],
    ['appearance', '/settings/appearance'],
    ['agents', '/agents'],
    ['contacts', '/contacts'],
    ['campaigns', '/campaigns'],
    ['endpoints', '/endpoints'],
    ['catalogue', '/developers/events'],
    ['catalogue-platform', '/developers/events?kind=call.ended&tab=provider&provider=retell'],
    ['catalogue-none', '/developers/events?q=nothing-like-it'],
    ['tester', '/developers/test?provider=twilio'],
    ['rehearsal', '/developers/rehearsal'],
    ['verify', '/developers/verify'],
    ['deliveries', '/deliveries'],
    ['deliveries-none', '/deliveries?destination=nowhere.example'],
    ['connections', '/connections'],
    ['destinations', '/destinations'],
    ['keys', '/keys'],
    ['secrets', '/secrets'],
    ['inspector', '/inspector'],
    ['not-found', '/nowhere'],
  ];
  const add = (name, path, id, rest = '') => id && screens.push([name, `${path}/${id}${rest}`]);
  const host = await page.evaluate(async () => {
    const { data } = await (await fetch('/v1/destinations')).json();
    return data[0]?.name;
  });
  add('destination', '/destinations', host && encodeURIComponent(host));
  add('endpoint', '/endpoints', await first('/v1/endpoints'));
  const sent = await page.evaluate(
    async () => (await (await fetch('/v1/deliveries?result=failed')).json()).data?.[0],
  );
  if (sent) screens.push(['delivery', `/deliveries?result=failed&run=${sent.run_id}&entry=${sent.entry}`]);
  const failed = await first('/v1/runs?status=failed&whole=true&limit=50');
  add('run-failed', '/runs', failed);
  const done = await page.evaluate(async () => {
    const { data } = await (await fetch('/v1/runs?status=succeeded&whole=true&limit=20')).json();
    const whole = await Promise.all(data.map(async ({ id }) => (await fetch(`/v1/runs/${id}`)).json()));
    const most = (score) => whole.sort((a, b) => score(b) - score(a))[0]?.id;
    return {
      retried: most((run) => run.entries.filter((entry) => entry.attempt > 1).length),
      branching: most((run) => new Set(run.entries.map((entry) => entry.step)).size),
    };
  });
  add('run-retried', '/runs', done.retried);
  add('run-refused', '/runs', done.retried, '?entry=0');
  add('run-timing', '/runs', done.retried, '?tab=timing');
  add('run-branching', '/runs', done.branching);
  add('run-canvas', '/runs', done.branching, '?view=canvas');
  const parts = await first(
    '/v1/runs?whole=true&limit=50',
    ({ flow }) => flow.name === 'Tell everybody at once',
  );
  add('run-parts', '/runs', parts);
  add('run-parts-failed', '/runs', parts, '?failed=true');
  add('run-waiting', '/runs', await first('/v1/runs?status=waiting&limit=1'));
  const call = await first('/v1/calls?limit=1');
  add('call', '/calls', call);
  add('call-events', '/calls', call, '?tab=events');
  add('call-messages', '/calls', call, '?tab=messages');
  screens.push(['calls-none', '/calls?status=failed&agent=Nobody&from=2026-01-01T00:00']);
  screens.push(['calls-find', '/calls?q=ada&min=10&sentiment=positive&provider=vapi']);
  const flow = await first('/v1/flows?limit=50', (each) => each.version > 1);
  add('flow', '/flows', flow);
  add('flow-canvas', '/flows', flow, '?view=canvas');
  add('flow-versions', '/flows', flow, '?tab=versions&version=1&from=1&to=2');
  screens.push(['flows-filtered', '/flows?q=lead&state=off&sort=name']);
  add('flow-runs', '/flows', flow, '?tab=runs');
  const alert = await page.evaluate(async () => (await (await fetch('/v1/alerts')).json()).data);
  add('flow-paused', '/flows', alert.find((each) => each.kind !== 'flow_failing')?.flow_id);
  const agent = (await first('/v1/agents?limit=1')) ?? (await page.evaluate(makeAgent));
  for (const tab of ['general', 'variables', 'questions', 'dispositions', 'after', 'moments']) {
    add(`agent-${tab}`, '/agents', agent, `?tab=${tab}`);
  }
  add('contact', '/contacts', await first('/v1/contacts?limit=1'));
  add('campaign', '/campaigns', await first('/v1/campaigns?limit=1'));
  screens.push(['contacts-none', '/contacts?blocked=yes&q=nobody']);
  add('call-not-analysed', '/calls', await first('/v1/calls?agent=Nora&limit=1'));
  return screens;
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();
const foreseen = (page) => page.getByRole('list', { name: 'What would happen' }).waitFor();
async function addStep(page, words) {
  const before = await page.locator('[data-step]').count();
  await page
    .getByRole('button', { name: /^Add (a|the first) step$/ })
    .last()
    .click();
  await page.getByRole('combobox', { name: 'Search: Steps' }).fill(words);
  await page.keyboard.press('Enter');
  // The last card is the new one, and the focus goes there.
  await page.waitForFunction((old) => {
    const cards = [...document.querySelectorAll('[data-step]')];
    return cards.length > old && document.activeElement?.closest('[data-step]') === cards.at(-1);
  }, before);
}

/** Adds a step behind the one that is chosen on the canvas. */
async function drawStep(page, words) {
  const before = await page.locator('[data-node]').count();
  await page.locator('[data-node][aria-current]').focus();
  await page.keyboard.press('a');
  await page.getByRole('combobox', { name: 'Search: Steps' }).fill(words);
  await page.keyboard.press('Enter');
  await page.waitForFunction((old) => document.querySelectorAll('[data-node]').length > old, before);
  await page.locator('[data-panel] [data-body]').waitFor();
}

/** What a person does on a screen, so that its dialogs and menus are seen too. */
const acts = {
  help: ['/', (page) => page.keyboard.press('?')],
  'run-replay': [
    'run-retried',
    async (page) => {
      await press(page, 'Replay');
      await page.getByRole('region', { name: 'What runs again' }).waitFor();
    },
  ],
  'run-replay-edited': [
    'run-retried',
    async (page) => {
      await press(page, 'Replay from here');
      await press(page, 'Edit what the run sees');
      await page.getByRole('textbox', { name: /^The event that the new run sees/ }).waitFor();
      await page.getByRole('region', { name: 'What runs again' }).waitFor();
    },
  ],
  'flow-of-run': [
    'run-retried',
    async (page) => {
      await page.getByRole('link', { name: 'Open in the editor' }).click();
      await page.getByText(/^The test takes what the run/).waitFor();
      await press(page, 'Run the test');
    },
  ],
  'runs-replay': [
    'runs',
    async (page) => {
      const boxes = page.getByRole('list', { name: 'Runs' }).getByRole('checkbox');
      await boxes.nth(0).check();
      await boxes.nth(2).click({ modifiers: ['Shift'] });
      await press(page, 'Replay …');
      await page.getByRole('region', { name: 'What runs again' }).waitFor();
    },
  ],
  'runs-cancel': ['runs-filtered', (page) => press(page, 'Cancel …')],
  'call-try': [
    'call',
    async (page) => {
      await page.getByRole('tab', { name: 'Try a flow' }).click();
      await page.getByRole('combobox', { name: 'Flow' }).selectOption({ index: 1 });
      await press(page, 'Try it');
      await page
        .getByRole('status')
        .filter({ hasText: /would|call/ })
        .waitFor();
    },
  ],
  'call-run': [
    'call',
    async (page) => {
      await page.getByRole('tab', { name: 'Try a flow' }).click();
      await page.getByRole('combobox', { name: 'Flow' }).selectOption({ index: 1 });
      await page.getByRole('group', { name: 'How it is tried' }).getByRole('button', { name: 'Run' }).click();
      await press(page, 'Run it …');
      await page
        .getByRole('alertdialog')
        .getByText(/would send|Found out/)
        .first()
        .waitFor();
    },
  ],
  'call-event': [
    'call',
    async (page) => {
      await page.getByRole('tab', { name: 'Events' }).click();
      await page
        .getByRole('link', { name: /^Look at/ })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('tabpanel').waitFor();
    },
  ],
  'call-delete': [
    'call',
    async (page) => {
      await press(page, 'More');
      await page.getByRole('menuitem', { name: /^Delete/ }).click();
    },
  ],
  'budget-new': ['usage', (page) => press(page, 'New budget')],
  'endpoint-new': ['endpoints', (page) => page.getByRole('button', { name: 'New endpoint' }).first().click()],
  'endpoint-message': [
    'endpoint',
    async (page) => {
      await page.evaluate(async () => {
        const id = location.pathname.split('/').at(-1);
        const { url } = await (await fetch(`/v1/endpoints/${id}`)).json();
        const body = JSON.stringify({ message: { type: 'odd' } });
        await fetch(new URL(url).pathname, { method: 'POST', body });
      });
      await page.getByRole('list', { name: 'Last messages' }).getByRole('link').first().click();
    },
    { expectStatus: 401 },
  ],
  'endpoint-missed-calls': [
    'endpoints',
    (page) =>
      page
        .getByRole('button', { name: /^(Settings of looking|Look) for missed calls/ })
        .first()
        .click(),
  ],
  'tester-checked': ['tester', (page) => press(page, 'Check').then(() => foreseen(page))],
  'rehearsal-own': ['rehearsal', (page) => page.getByText('A story of your own').click()],
  'rehearsal-held': ['rehearsal', (page) => press(page, 'Hold back and look').then(() => foreseen(page))],
  'connection-new': [
    'connections',
    (page) => page.getByRole('button', { name: 'New connection' }).first().click(),
  ],
  'destination-limits': [
    'destinations',
    (page) => page.getByRole('button', { name: 'Limit a destination' }).first().click(),
  ],
  'agent-new': ['agents', (page) => page.getByRole('button', { name: 'New agent' }).first().click()],
  'agent-payload': ['agent-after', (page) => press(page, 'View payload')],
  'contact-new': ['contacts', (page) => page.getByRole('button', { name: 'New contact' }).first().click()],
  'contact-import': [
    'contacts',
    async (page) => {
      await page.getByRole('button', { name: 'Import', exact: true }).first().click();
      const table = 'Name;Mobile;Lead source;Notes\nAda Lovelace;+14155552671;fair;x\nNobody;;;\n';
      await page
        .getByLabel('Table')
        .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
      await page.getByText('Lead source', { exact: true }).waitFor();
      await press(page, 'Check first');
      await page.getByText(/^Checked/).waitFor();
    },
  ],
  'campaign-new': ['campaigns', (page) => page.getByRole('button', { name: 'New campaign' }).first().click()],
  'key-new': ['keys', (page) => page.getByRole('button', { name: 'New key' }).first().click()],
  'secret-new': ['secrets', (page) => page.getByRole('button', { name: 'New secret' }).first().click()],
  'secret-key-pair': [
    'secrets',
    async (page) => {
      await page.getByRole('button', { name: 'New secret' }).first().click();
      await press(page, 'A key pair');
    },
  ],
  'recordings-copies': ['retention', (page) => press(page, 'Our own copy')],
  'recipe-import': ['recipes', (page) => press(page, 'Import')],
  'recipe-wrong': [
    'recipe',
    async (page) => {
      await press(page, 'Make the flow');
      await page.getByText('Something is missing').waitFor();
    },
    { expectStatus: 422 },
  ],
  'recipe-json': ['recipe', (page) => press(page, 'JSON')],
  'recipe-connection': ['recipe', (page) => press(page, 'New connection')],
  'recipe-secret': ['recipe', (page) => press(page, 'New secret')],
  'flow-recipe': [
    'flow',
    async (page) => {
      await page.getByRole('button', { name: 'More', exact: true }).first().click();
      await page.getByRole('menuitem', { name: /^Save as recipe/ }).click();
    },
  ],
  'flow-delete': [
    'flow',
    async (page) => {
      await page.getByRole('button', { name: 'More', exact: true }).first().click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
    },
  ],
  'flow-text': ['flow', (page) => press(page, 'Text')],
  'flow-completion': [
    'flow',
    async (page) => {
      await press(page, 'Text');
      const { writeText } = handsOn(page);
      await writeText('{\n  "name": "Half of it",\n  "on": ["call.ended"],\n  "where": 1\n}');
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.keyboard.type('"');
      await page.getByRole('option', { name: /^steps/ }).waitFor();
    },
  ],
  'flow-beside': ['flow-canvas', (page) => press(page, 'The text beside it')],
  'flow-event': [
    'flow',
    async (page) => {
      await press(page, 'Test');
      await press(page, 'Edit the event');
      await page.getByLabel('The event', { exact: true }).waitFor();
    },
  ],
  'flow-publish': [
    'flow',
    async (page) => {
      await press(page, 'Text');
      const { readText, writeText } = handsOn(page);
      const document = JSON.parse(await readText());
      await writeText(JSON.stringify({ ...document, name: `${document.name}, changed` }, null, 2));
      await press(page, 'Save and publish');
      await press(page, 'As text');
    },
  ],
  'flow-steps': ['flow-new', (page) => press(page, 'Add the first step')],
  'flow-values': [
    'flow-new',
    async (page) => {
      await addStep(page, 'http');
      await page.getByLabel('URL', { exact: true }).pressSequentially('https://crm.example/{{');
      await page.getByRole('listbox', { name: 'What could stand here' }).waitFor();
    },
  ],
  'flow-request': [
    'flow-new',
    async (page) => {
      await addStep(page, 'http');
      await page.getByLabel('URL', { exact: true }).fill('https://crm.example/{{ contact.first_name }}');
      for (const name of ['Sign in with', 'Headers', 'Only if …', 'More']) await press(page, name);
      await page.getByText('https://crm.example/Ada').waitFor();
    },
  ],
  'flow-kinds': [
    'flow-new',
    async (page) => {
      for (const kind of ['If', 'For each', 'Wait', 'Set values']) await addStep(page, kind);
    },
  ],
  'flow-problem': [
    'flow-new',
    async (page) => {
      await addStep(page, 'http');
      await page.getByLabel('Name', { exact: true }).fill('Not ready yet');
      await page.getByRole('button', { name: /problem/ }).click();
    },
  ],
  'flow-test': [
    'flow',
    async (page) => {
      await press(page, 'Test');
      await press(page, 'Run the test');
      await page
        .getByRole('status')
        .filter({ hasText: /would|call/ })
        .waitFor();
    },
  ],
  'canvas-steps': [
    'canvas-new',
    async (page) => {
      for (const words of ['http', 'If', 'For each', 'Wait']) await drawStep(page, words);
    },
  ],
  'canvas-menu': [
    'canvas-new',
    async (page) => {
      await page.locator('[data-node="@when"]').focus();
      await page.keyboard.press('a');
      await page.getByRole('combobox', { name: 'Search: Steps' }).waitFor();
    },
  ],
  'canvas-test': [
    'flow-canvas',
    async (page) => {
      await press(page, 'Test');
      await press(page, 'Run the test');
      await page
        .getByRole('status')
        .filter({ hasText: /would|call/ })
        .waitFor();
      const anyway = page.getByRole('button', { name: 'Try the steps anyway' });
      if (await anyway.count()) await anyway.click();
      await page
        .getByRole('article', { name: /^Result of/ })
        .first()
        .waitFor();
      await press(page, 'Close the test');
    },
  ],
  'flow-leave': [
    'flow',
    async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('Not saved');
      await page.getByRole('link', { name: 'Flows' }).last().click();
      await page.getByRole('alertdialog').waitFor();
    },
  ],
  'flow-begun': [
    'wizard-steps',
    async (page) => {
      await page.getByRole('button', { name: /^Send a webhook/ }).click();
      await page.getByLabel('URL', { exact: true }).fill('https://crm.example/calls');
      await page.getByRole('link', { name: 'Flows' }).last().click();
      await page.getByRole('link', { name: 'New flow' }).click();
      await page.getByText('You have begun').waitFor();
    },
  ],
  'wizard-which': [
    'wizard',
    async (page) => {
      await press(page, 'Sarah');
      await press(page, 'Picked up');
      await page.getByText('After each call of Sarah that was answered').waitFor();
    },
  ],
  'wizard-mail': [
    'wizard-steps',
    async (page) => {
      await page.getByRole('button', { name: /^Send a mail/ }).click();
      await page.getByLabel('Subject', { exact: true }).fill('Lead: {{ contact.first_name }}');
      await page.getByText('Lead: Ada').waitFor();
    },
  ],
  'wizard-review': [
    'wizard-steps',
    async (page) => {
      await page.getByRole('button', { name: /^Send a webhook/ }).click();
      await page.getByLabel('URL', { exact: true }).fill('https://crm.example/{{ contact.first_name }}');
      await page.getByText('https://crm.example/Ada').waitFor();
      await page.getByRole('button', { name: /^Next/ }).click();
      await page.getByRole('article', { name: 'Result of webhook' }).waitFor();
    },
  ],
};

async function check(page, label, look) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (excess > 0) problems.push(`${label}: ${excess} px wider than the window`);
  // At 375 px the same elements stand elsewhere in the same colours: axe would say the same again.
  const found = look === '375' ? [] : await axeFindings(page, look === 'dark');
  for (const each of found) problems.push(`${label}: axe ${each}`);
  if (!options.brief || excess > 0 || found.length > 0) await picture(page, label);
}

const picture = (page, label) =>
  page.screenshot({ path: join(out, `${label}.png`), fullPage: label.endsWith('-375') });

/** In the dark only the colours are others. */
async function axeFindings(page, isDark) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(async (colours) => {
    const only = colours ? { runOnly: { type: 'rule', values: ['color-contrast'] } } : {};
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], ...only });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, help, nodes }) =>
          `${id}: ${help}: ${nodes
            .map((node) => node.target.join(' '))
            .slice(0, 4)
            .join(' | ')}`,
      );
  }, isDark);
}

async function settle(page) {
  await page.waitForLoadState('load');
  await page.waitForFunction(
    () => document.querySelector('h1, main') && !document.querySelector('[aria-label^="Loading"]'),
    undefined,
    { timeout: 30_000 },
  );
  await page.evaluate(() => document.fonts.ready);
}

/** What was done is drawn, and nothing moves any more: what has changed its colour may move what inherits it. */
const rest = (page) =>
  page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const isEnding = (each) => each.playState === 'running' && each.effect.getTiming().iterations < 100;
    for (let still = 0; still < 2; still += 1) {
      await frame();
      const moving = document.getAnimations().filter(isEnding);
      if (moving.length > 0) still = -1;
      await Promise.allSettled(moving.map((each) => each.finished));
    }
  });

/** A page for one screen after the other: a new one for each takes more than twice the time. */
async function open(as) {
  const context = await browser.newContext({ ...settings, ...as });
  const page = await context.newPage();
  const now = { label: '' };
  await listen(page, (problem) => problems.push(`${now.label}: ${problem}`), now);
  // Nothing of the screen before stays in the tab, such as a flow that was begun.
  await page.addInitScript(() => {
    if (window === window.top && location.protocol === 'http:') sessionStorage.clear();
  });
  return { page, now };
}

/** Opens a screen in the first of some looks, and turns it into the others; says whether all went well. */
async function visit({ page, now }, seen, { name, path, act, expectStatus }) {
  Object.assign(now, { label: `${name}-${seen[0]}`, expectStatus });
  try {
    await page.mouse.move(0, 0);
    for (const [at, look] of seen.entries()) {
      now.label = `${name}-${look}`;
      await page.setViewportSize(looks[look].viewport);
      await page.emulateMedia({ colorScheme: looks[look].colorScheme });
      if (at === 0) {
        await page.goto(base + path);
        await settle(page);
        if (act) await act(page);
      }
      if (at > 0 || act) await settle(page).then(() => rest(page));
      await check(page, now.label, look);
      count += 1;
    }
    return true;
  } catch (error) {
    problems.push(`${now.label}: ${error.message.split('\n')[0]}`);
    await picture(page, now.label);
    return false;
  }
}

const wanted = (name) => !options.only || name.startsWith(options.only);
let count = 0;
// One session for all: a sign-in link works once.
const first = await browser.newContext(options.session ? { storageState: options.session } : {});
const opener = await first.newPage();
await opener.goto(options['sign-in'] ?? base);
await settle(opener);
const screens = await plan(opener);
const session = await first.storageState();
await first.close();

/** Everything that is visited, and by whom: `as` is what the context has besides the usual settings. */
function* errands() {
  const member = { storageState: session };
  const missing = ['not-found', 'recipe-unknown'];
  for (const [name, path] of screens) {
    yield { as: member, name, path, expectStatus: missing.includes(name) ? 404 : undefined };
  }
  for (const [name, [on, act, more]] of Object.entries(acts)) {
    const path = on.startsWith('/') ? on : screens.find((screen) => screen[0] === on)?.[1];
    if (path) yield { as: member, name, path, act, ...more };
  }
  yield { as: {}, name: 'sign-in', path: '/signed-out' };
  for (const mood of options.mock ? ['empty', 'error'] : []) {
    const cookie = { name: 'mock', value: mood, domain: new URL(base).hostname, path: '/' };
    const as = { storageState: { cookies: [{ ...cookie, expires: -1 }], origins: [] } };
    const expectStatus = mood === 'error' ? 503 : undefined;
    for (const [name, path] of screens.filter(([, path]) => path.split('/').length <= 2)) {
      yield { as, name: `${mood}-${name}`, path, expectStatus };
    }
  }
}

const todo = [...errands()].filter(({ name }) => wanted(name));
const visits = todo.flatMap((errand, at) => openings(at).map((seen) => [errand, seen]));
await Promise.all(
  Array.from({ length: hands }, async () => {
    const pages = new Map();
    for (let next = visits.shift(); next; next = visits.shift()) {
      const [errand, seen] = next;
      // Screens are checked with the policy in force; only axe itself is let in by the evaluation channel.
      if (!pages.has(errand.as)) pages.set(errand.as, await open(errand.as));
      const { page, now } = pages.get(errand.as);
      if (await visit({ page, now }, seen, errand)) continue;
      await page.context().close();
      pages.delete(errand.as);
    }
  }),
);
await browser.close();

for (const problem of problems) console.error(problem);
console.log(`${todo.length} screens, ${count} looks at them in ${out}, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
