// Uses a fresh demo as a newcomer would, from the sign-in link to a flow of their own, and leaves a workspace worth looking at.
//
//   node e2e/journey.mjs --sign-in 'http://…/sign-in?token=…' --session /tmp/session.json --out /tmp/screens
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { launch, listen, settings, tell } from './browser.mjs';
import { handsOn } from './hands.mjs';

const { values: options } = parseArgs({
  options: {
    'sign-in': { type: 'string' },
    session: { type: 'string' },
    out: { type: 'string', default: 'screens' },
  },
});
if (!options['sign-in']) {
  console.error('usage: node e2e/journey.mjs --sign-in LINK [--session FILE] [--out DIR]');
  process.exit(2);
}
const base = new URL(options['sign-in']).origin;
mkdirSync(options.out, { recursive: true });

const browser = await launch({ giveUpAfter: 240 });
const context = await browser.newContext(settings);
context.setDefaultTimeout(10_000);
const page = await context.newPage();
const problems = [];
await listen(page, (problem) => problems.push(problem), { expectStatus: [401, 409, 412] });

const heading = (name) => page.getByRole('heading', { level: 1, name }).waitFor();
const see = (text, within = page) => within.getByText(text).first().waitFor();
const open = (name) => page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
const press = (name, within = page) => within.getByRole('button', { name }).first().click();
const rows = (label) => page.getByRole('list', { name: label }).locator('[data-row]');
const attempts = page.getByRole('listbox', { name: 'Attempts' }).getByRole('option');
const tab = (name) => page.getByRole('tab', { name }).click();
const { ask, until, writeText } = handsOn(page);
const count = (locator, wanted) =>
  until(`${wanted} of ${locator}`, async () => (await locator.count()) === wanted);
const get = (path) => page.evaluate(async (url) => (await fetch(url)).json(), path);

const flows = {
  branching: 'Create a lead for interested callers',
  stubborn: 'Deliver to a receiver that fails twice',
};

const steps = {
  'the link signs in, once': async () => {
    await page.goto(options['sign-in']);
    await heading('Overview');
    const again = await context.browser().newContext();
    const stranger = await again.newPage();
    await stranger.goto(options['sign-in']);
    await stranger.getByText('does not sign you in').waitFor();
    await again.close();
  },
  'the overview follows the demo call until its three runs have succeeded': async () => {
    await until('three runs succeeded', async () => (await get('/v1/stats')).runs.succeeded === 3);
    await count(rows('Latest runs'), 3);
    await see('Nothing has failed');
    const tile = page.getByRole('list', { name: 'Figures' }).getByRole('link', { name: /^Runs/ });
    await until('the tile says 3', async () => /^Runs3/.test(await tile.textContent()));
  },
  'a chart is read with the keyboard, and a bar leads to its runs': async () => {
    const bars = page.getByRole('group', { name: 'Runs that ended' });
    const told = (label) => Number(/Succeeded (\d+), Failed 0, Success rate 100 %/.exec(label)?.[1] ?? 0);
    const labels = () =>
      bars.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')));
    const all = async () => (await labels()).map(told).reduce((sum, runs) => sum + runs, 0);
    // One of them is delivered at the third attempt; an hour may begin between them.
    await until('the bars tell of three runs', async () => (await all()) === 3, 30);
    await bars.getByRole('link').last().focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('End');
    const last = told(await page.evaluate(() => document.activeElement.getAttribute('aria-label')));
    await press('7 days');
    await page.waitForURL(/range=week/);
    await press('Latency');
    await see('How long it took');
    await open('Overview');
    await bars.getByRole('link').last().press('Enter');
    await page.waitForURL(/\/runs\?.*from=/);
    await count(rows('Runs'), last);
  },
  'the run list shows three runs': async () => {
    await open('Runs');
    // Not those of the bar's hour any more: rows that are about to go take no press.
    await page.waitForURL((url) => url.pathname === '/runs' && !url.search.includes('from='));
    await heading('Runs');
    await count(rows('Runs'), 3);
  },
  'the branching run took the way of an interested caller': async () => {
    await rows('Runs').filter({ hasText: flows.branching }).click();
    await heading(flows.branching);
    await see('interested', attempts.first());
    for (const step of ['lead', 'text', 'tell']) await attempts.filter({ hasText: step }).first().waitFor();
    await attempts.filter({ hasText: 'lead' }).first().click();
    await tab(/^Request/);
    await see('/demo/crm/leads');
    await tab(/^Response/);
    await see('HTTP 201');
  },
  'the stubborn run failed twice with 503 and then went through': async () => {
    await open('Runs');
    await rows('Runs').filter({ hasText: flows.stubborn }).click();
    await heading(flows.stubborn);
    await count(attempts.filter({ hasText: 'stubborn' }), 3);
    for (const [i, status, word] of [
      [0, 503, 'failed'],
      [1, 503, 'failed'],
      [2, 200, 'succeeded'],
    ]) {
      const attempt = attempts.filter({ hasText: 'stubborn' }).nth(i);
      await attempt.getByRole('img', { name: word }).waitFor();
      await attempt.click();
      await tab(/^Response/);
      await see(`HTTP ${status}`);
    }
    await tab(/^Request/);
    await see('idempotency-key');
    await tab(/^Timing/);
    await see('First byte');
    await see('Total');
  },
  'a replay begins at a step that is chosen, on an edited event, and says what differs': async () => {
    const before = page.url();
    await press('Replay from here');
    await page
      .getByRole('radio', { name: /^From the step/ })
      .and(page.locator(':checked'))
      .waitFor();
    await press('Edit what the run sees');
    const event = page.getByRole('textbox', { name: 'The event that the new run sees, as JSON' });
    const { event: saw } = await get(`/v1/runs/${new URL(before).pathname.split('/').at(-1)}`);
    const edited = await get(`/v1/events/${saw.id}/payload?shape=event`);
    edited.call.disposition = 'e2e';
    await event.fill(JSON.stringify(edited, null, 2));
    await press('Start the replay');
    await page.waitForURL((url) => url.href !== before && url.pathname.startsWith('/runs/'));
    await see('Input edited: this replay did not see what came from the platform');
    await press('Show what differs');
    await page.getByRole('region', { name: 'What differs' }).getByText('"disposition": "e2e"').waitFor();
  },
  'a step opens in the editor with what its run saw, until that is cleared': async () => {
    await page.getByRole('link', { name: 'Open in the editor' }).click();
    await see(/^The test takes what the run/);
    await press('Run the test');
    await see(/Your own event/);
    await press('Clear');
    await page.getByText(/^The test takes what the run/).waitFor({ state: 'detached' });
    await page.goBack();
    await page.getByRole('link', { name: /^The next older run/ }).click();
    await page.getByRole('link', { name: /^The next newer run/ }).waitFor();
    const beside = page.getByRole('navigation', { name: 'Runs beside this one' });
    await until('the focus is there again', () => beside.locator(':focus').count());
  },
  'a replay is a new run that names its origin': async () => {
    const before = page.url();
    await press('Replay');
    await page.getByRole('radio', { name: /^From the start/ }).check();
    await page.getByRole('list', { name: 'Steps that run again' }).waitFor();
    await press('Start the replay');
    await page.waitForURL((url) => url.href !== before && url.pathname.startsWith('/runs/'));
    await see('Replay of');
    await open('Runs');
    await page.getByRole('list', { name: 'Runs' }).getByText('replay').first().waitFor();
  },
  'the call shows its conversation, its moments and its runs': async () => {
    await open('Calls');
    await rows('Calls').first().click();
    await see('call.ended');
    await until(
      'somebody said something',
      async () => (await page.getByRole('list', { name: 'Conversation' }).getByRole('listitem').count()) > 4,
    );
    await see(flows.stubborn);
    await tab('All data');
    await see('"provider_call_id"');
  },
  'the call shows what its platform sent, and a flow tried on it sends nothing': async () => {
    await tab('Messages');
    await page.getByRole('region', { name: /^Message / }).waitFor();
    await tab('Try a flow');
    await page.getByRole('combobox', { name: 'Flow' }).selectOption({ label: flows.stubborn });
    await press('Try it');
    await see('would be sent');
  },
  'a flow is run on the call after a look at what it would send, twice only where that is said': async () => {
    await press('Run', page.getByRole('group', { name: 'How it is tried' }));
    await press('Run it …');
    await page.getByRole('region', { name: 'What it would send' }).waitFor();
    await press('Run it', page.getByRole('alertdialog'));
    await see('is a run of it on the same event');
    await press('Run it anyway');
    await page.waitForURL(/\/runs\/run_/);
    await heading(flows.stubborn);
  },
  'an event is looked at beside its call, with what flows saw and the runs it started': async () => {
    await page.getByRole('link', { name: 'Look at call.ended' }).click();
    const drawer = page.getByRole('dialog');
    await see(flows.stubborn, drawer);
    await see('"type"', drawer.getByRole('tabpanel'));
    await press('Raw', drawer);
    await page.reload();
    await drawer.waitFor();
    await press('Close', drawer);
    await page.waitForURL((url) => !url.searchParams.has('event'));
  },
  'runs are selected and replayed together, after a look at what happens again': async () => {
    await open('Runs');
    const boxes = page.getByRole('list', { name: 'Runs' }).getByRole('checkbox');
    await boxes.nth(0).check();
    await boxes.nth(2).click({ modifiers: ['Shift'] });
    await see('3 runs selected');
    await press('Replay …');
    await page.getByRole('radio', { name: /^From the start/ }).check();
    await page.getByRole('region', { name: 'What runs again' }).waitFor();
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await see(/replays? started/);
  },
  'a flow is switched off and on': async () => {
    await open('Flows');
    await heading('Flows');
    await page.getByRole('link', { name: new RegExp(flows.branching) }).click();
    await heading(flows.branching);
    await press('Turn off');
    await press('Turn it off');
    await page.getByRole('button', { name: 'Turn on', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Turn on', exact: true }).click();
    await press('Turn it on');
    await page.getByRole('button', { name: 'Turn off', exact: true }).waitFor();
  },
  'a new flow is written, and a mistake in it is pointed at': async () => {
    await open('Flows');
    await page.getByRole('link', { name: 'New flow' }).click();
    await page.getByRole('link', { name: /^Paste JSON/ }).click();
    const document = {
      name: 'Tell a system that has moved',
      on: ['call.ended'],
      steps: [
        {
          id: 'tell',
          do: 'http.reqest',
          with: { method: 'POST', url: `${base}/demo/moved`, json: { call: '{{ call_id }}' } },
        },
      ],
    };
    await writeText(JSON.stringify(document, null, 2));
    await press(/^1 problem$/);
    await see('there is no action `http.reqest`; did you mean `http.request`?');
    document.steps[0].do = 'http.request';
    await writeText(JSON.stringify(document, null, 2));
    await page.getByRole('button', { name: '1 problem' }).waitFor({ state: 'detached' });
    await press('Create flow');
    await heading(document.name);
    await press(/^Text$/);
    await writeText(JSON.stringify({ ...document, where: { min_duration_s: 5 } }, null, 2));
    await press('Save and publish');
    await press(/^Publish$/);
    await until('version 2 is there', async () =>
      (await get('/v1/flows?limit=10')).data.some((flow) => flow.version === 2),
    );
  },
  'a draft is published, and an earlier version comes back': async () => {
    const moved = (await get('/v1/flows?q=moved')).data[0];
    await page.evaluate(async (id) => {
      const { document } = await (await fetch(`/v1/flows/${id}`)).json();
      document.steps[0].timeout_s = 30;
      const body = JSON.stringify(document);
      const headers = { 'content-type': 'application/json' };
      await fetch(`/v1/flows/${id}?draft=true&note=The%20CRM%20is%20slow`, { method: 'PUT', headers, body });
    }, moved.id);
    await page.goto(`${base}/flows/${moved.id}`);
    await see('Draft 3 is not published');
    await page.getByRole('link', { name: 'See what changes' }).click();
    await see('step `tell`: timeout_s set to 30');
    await page.screenshot({ path: `${options.out}/journey-draft.png` });
    await press('Publish');
    await press('Publish the draft');
    await see('published draft 3');
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Version 2' })
      .getByRole('button', { name: 'Roll back' })
      .click();
    await press('Roll back', page.getByRole('alertdialog'));
    await see('back to version 2');
    await page.screenshot({ path: `${options.out}/journey-versions.png` });
    await open('Flows');
    await page.getByLabel('Search flows by name or key').fill('moved');
    await page.waitForURL(/q=moved/);
    await until('one flow is left', async () => (await rows('Flows').count()) === 1);
  },
  'a recipe becomes a flow, and a flow a recipe': async () => {
    await open('Recipes');
    await heading('Recipes');
    await page.getByLabel('Search recipes').fill('for an event');
    await page.waitForURL(/q=for/);
    await page.getByRole('link', { name: 'Webhook for an event' }).click();
    await heading('Webhook for an event');
    await see('What it does, with examples');
    await press('Make the flow');
    await see('is needed: Address');
    await page.getByLabel('Address', { exact: true }).fill(`${base}/demo/recipes`);
    await page.getByLabel('Event').selectOption('call.analyzed');
    await see(`${base}/demo/recipes`, page.getByRole('list', { name: 'Steps' }));
    await page.screenshot({ path: `${options.out}/journey-recipe.png` });
    await press('Make the flow');
    await heading('Webhook: call.analyzed');
    await page.getByText('Off', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Save as recipe/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Our analysis hook');
    await dialog.getByLabel('Category').selectOption('webhooks');
    await press('Save recipe', dialog);
    await heading('Our analysis hook');
    await press('Share');
    await press('Make a link', page.getByRole('dialog'));
    const link = await page.getByRole('dialog').locator('code').textContent();
    await press('Done', page.getByRole('dialog'));
    await see('Shared until');
    await page.goto(link);
    await press('Import', page.getByRole('dialog'));
    await heading('Our analysis hook');
    await see('It comes from elsewhere');
  },
  'a rehearsal call is played and runs every flow': async () => {
    await open('Overview');
    await page.getByRole('link', { name: 'Play a rehearsal call' }).click();
    await press('Play for real');
    await page.waitForURL(/\/calls\//);
    await see('Tell a system that has moved');
    await see('Failed');
    await open('Overview');
    await page.getByText('Nothing has failed').waitFor({ state: 'detached' });
    await see('Tell a system that has moved');
  },
  'usage is counted, and a budget says how it stands': async () => {
    await open('Usage');
    await press('Flows', page.getByRole('group', { name: 'Lines' }));
    await page.waitForURL(/by=flow/);
    await see('Tell a system that has moved');
    await press('New budget');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Actions of a day');
    await dialog.getByLabel('Of').selectOption('actions');
    await dialog.getByLabel('At most').fill('100000');
    await dialog.getByLabel('In a').selectOption('day');
    await press('Save budget', dialog);
    await see('Actions of a day');
  },
  'an endpoint for Vapi is made': async () => {
    await open('Endpoints');
    await press('New endpoint');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Platform').selectOption('vapi');
    await dialog.getByLabel('Name').fill('Vapi production');
    await dialog.getByLabel('Secret').fill('a-secret-of-vapi');
    await press('Create endpoint', dialog);
    await heading('Vapi production');
    await see('/v1/in/');
  },
  'forgetting a number shows what there is before anything goes': async () => {
    const { data } = await get('/v1/calls?limit=1');
    await page.goto(`${base}/settings/retention?forget=${encodeURIComponent(data[0].to)}`);
    await heading('Retention and redaction');
    await press('See what there is…');
    const dialog = page.getByRole('alertdialog');
    await see(/^\d+ calls?$/, dialog);
    await press('Keep it', dialog);
    await page.getByRole('button', { name: 'Our own copy' }).click();
    await see('Where copies go');
  },
  'a network is opened, and addresses that requests come from are noted': async () => {
    await page.goto(`${base}/settings/network`);
    await heading('Network');
    await press('Add network');
    await page.getByRole('textbox', { name: 'Network 1' }).fill('127.0.0.3:9');
    await see('Whoever may edit a flow');
    await press('Add address');
    await page.getByRole('textbox', { name: 'Address 1' }).fill('198.51.100.7');
    await press('Save');
    await see('Network saved');
    const kept = await get('/v1/settings/network');
    if (kept.allow_networks[0] !== '127.0.0.3:9' || kept.egress_addresses[0] !== '198.51.100.7') {
      throw new Error(JSON.stringify(kept));
    }
  },
  'the workspace is named, and says when flows are paused': async () => {
    await page.goto(`${base}/settings/workspace`);
    await heading('Workspace');
    await page.getByLabel('Name', { exact: true }).fill('Our demo');
    await page.getByLabel('Wait for a call’s analysis').fill('240');
    await press('Save', page.locator('form').first());
    await see('Workspace saved');
    await see('Our demo');
    await press('At a limit of ours');
    await page.getByLabel('Failed runs in a row').fill('40');
    await press('Save', page.locator('form').last());
    await see('Saved when flows are paused');
    const { pause_after } = await get('/v1/settings/pausing');
    if (pause_after.failures !== 40 || pause_after.minutes !== 10)
      throw new Error(JSON.stringify(pause_after));
  },
  'what another admin has saved meanwhile is not overwritten': async () => {
    const name = page.getByLabel('Name', { exact: true });
    const byAnother = (path, body) =>
      page.evaluate(
        ([path, body]) =>
          fetch(path, {
            method: 'PUT',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
        [path, body],
      );
    await page.goto(`${base}/settings/workspace`);
    await name.fill('Ours');
    await byAnother('/v1/settings/workspace', { name: 'Theirs' });
    await press('Save', page.locator('form').first());
    await see('Somebody else has saved this meanwhile');
    await press('Drop my changes and load theirs');
    await until('theirs is loaded', async () => (await name.inputValue()) === 'Theirs');
    await name.fill('Our demo');
    // Other settings are no reason to refuse it.
    await byAnother('/v1/settings/quiet', { enabled: true, except: [] });
    await press('Save', page.locator('form').first());
    await see('Workspace saved');
  },
  'a secret says which flows use it, and takes another value': async () => {
    await ask('/v1/secrets', { name: 'crm_key', value: 'a-value' });
    await page.goto(`${base}/secrets`);
    await see('Used by');
    await press('Replace the value of crm_key');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New value').fill('another-value');
    await press('Replace value', dialog);
    await see('Value replaced');
  },
  'a key pair for webhooks is made here, shows its public key, and has two while it is replaced':
    async () => {
      await page.goto(`${base}/secrets`);
      await press('New secret');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('webhook_pair');
      await press('A key pair', dialog);
      await press('Save secret', dialog);
      await see('public key');
      await press('Replace the value of webhook_pair');
      await press('Replace key pair', dialog);
      await see('still valid');
      const { public_keys } = await get('/v1/secrets/webhook_pair');
      if (public_keys.length !== 2 || !public_keys.every((key) => key.startsWith('whpk_')))
        throw new Error(JSON.stringify(public_keys));
    },
  'missed calls are looked for, and a dry run says why they cannot be': async () => {
    await open('Endpoints');
    await press('Look for missed calls of Vapi production');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('API key').fill('a-key-of-vapi');
    await dialog.getByLabel('Address of the API').fill(base);
    await press('Start looking', dialog);
    await see('missed calls');
    await press('Look now for missed calls of Vapi production');
    await press('Dry run', dialog);
    await see('The platform did not answer as it should', dialog);
    await page.keyboard.press('Escape');
    await press('Settings of looking for missed calls of Vapi production');
    await press('Stop looking', dialog);
    await see('can be asked which calls there were');
  },
  'a key is made and works': async () => {
    await open('API keys');
    await press('New key');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('billing service');
    await dialog.getByLabel('What it may do').selectOption('read');
    await press('Create key', dialog);
    await see('Copy it now', dialog);
    const token = await dialog.locator('code').first().textContent();
    const answer = await fetch(`${base}/v1/runs`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`the new key got ${answer.status}`);
    await press('Done', dialog);
    await see('billing service');
  },
  'somebody is invited, comes in, and may only look': async () => {
    await open('Settings');
    await page.getByRole('main').getByRole('link', { name: 'Members' }).last().click();
    await press('Invite');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Vera');
    await dialog.getByLabel('Role').selectOption('viewer');
    await press('Make a link', dialog);
    const link = await dialog.locator('code').textContent();
    await press('Done', dialog);
    const theirs = await context.browser().newContext();
    const other = await theirs.newPage();
    await other.goto(link);
    await other.goto(`${base}/flows`);
    await other.getByRole('button', { name: /New flow.*Your role is viewer/ }).waitFor();
    await other.goto(`${base}/destinations`);
    await other.getByRole('button', { name: /Limit a destination.*Your role is viewer/ }).waitFor();
    await theirs.close();
  },
  'the audit log says who did what': async () => {
    await open('Settings');
    await page.getByRole('main').getByRole('link', { name: 'Audit log' }).last().click();
    await see('Vera signed in');
    await page.getByLabel('Kind of thing').selectOption('key');
    await see('billing service');
  },
  'the inspector holds a delivery whose signature is valid': async () => {
    await open('Inspector');
    await rows('Received requests').filter({ hasText: 'signature valid' }).first().click();
    await see('webhook-signature');
    await until('the chosen one is marked', async () =>
      (await page.locator('[data-row][aria-pressed="true"]').textContent()).includes('signature valid'),
    );
  },
};

await tell('journey', steps, { page, problems, out: options.out });
if (options.session) await context.storageState({ path: options.session });
await browser.close();
