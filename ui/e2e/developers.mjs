// Uses what developers have: an endpoint's page, the tester, rehearsals held back, the catalogue, deliveries, keys.
//
//   node e2e/developers.mjs --base http://… --session /tmp/session.json --out /tmp/screens
import { enter, tell } from './browser.mjs';
import { handsOn } from './hands.mjs';

const { base, out, browser, page, problems } = await enter('developers', { expectStatus: 422 });
const { ask, press, until } = handsOn(page);
const see = (text, within = page) => within.getByText(text).first().waitFor();
const foreseen = page.getByRole('list', { name: 'What would happen' });
const calls = async () => (await ask('/v1/calls?limit=200')).data.length;

const facts = {
  'an endpoint shows its platform’s steps, and turns green with the first message': async () => {
    await page.goto(`${base}/endpoints`);
    await page.getByRole('link', { name: 'Vapi production' }).click();
    await see('Waiting for the first message');
    await see('Put this address into Server URL');
    const { data } = await ask('/v1/endpoints');
    const { url } = data.find(({ name }) => name === 'Vapi production');
    const call = { id: 'e2e-first', type: 'inboundPhoneCall' };
    const message = { type: 'status-update', status: 'in-progress', timestamp: Date.now(), call };
    const post = (secret) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify({ message }),
      });
    await post('guessed');
    await see('A message came, and was refused');
    await page
      .getByRole('list', { name: 'Last messages' })
      .getByRole('link', { name: /refused/ })
      .click();
    await see('bad_signature');
    await see('e2e-first', page.getByRole('region', { name: 'Body of the message' }).first());
    await page.getByRole('link', { name: 'Open in the event tester' }).click();
    await see('Of an endpoint’s last messages');
    await page.goBack();
    await post('a-secret-of-vapi');
    await see('Messages arrive');
    await see('accepted', page.getByRole('list', { name: 'Last messages' }));
  },
  'the tester shows what a message would start, and sends nothing until it is told to': async () => {
    const before = await calls();
    await page.goto(`${base}/developers/test?provider=retell&sample=call-ended-full`);
    await press('Check');
    await see('Send every finished call to the inspector', foreseen);
    await see('would be sent', foreseen);
    if ((await calls()) !== before) throw new Error('a check has made a call');
    await press('Send');
    await page.waitForURL(/\/calls\//);
    await see('Send every finished call to the inspector');
  },
  'a rehearsal that is held back shows every value and leaves no call': async () => {
    const before = await calls();
    await page.goto(`${base}/developers/rehearsal`);
    await press('Hold back and look');
    await foreseen.getByRole('article', { name: 'Result of lead' }).getByRole('button').first().click();
    await see('Ada wants a demo', foreseen);
    if ((await calls()) !== before) throw new Error('a rehearsal that is held back has made a call');
  },
  'a story of one’s own is told in the words of a platform': async () => {
    await page.goto(`${base}/developers/rehearsal`);
    await page.getByLabel('In the words of').selectOption('retell');
    await page.getByText('A story of your own').click();
    await page.getByLabel('What is said').fill('Agent: Is Thursday fine?\nRobot: Beep');
    await press('Hold back and look');
    await see('is `agent` or `customer`');
    await page.getByLabel('What is said').fill('Agent: Is Thursday fine?\nCustomer: Friday, please.');
    await page.getByLabel('Ending').selectOption('agent_hangup');
    await press('Play for real');
    await page.waitForURL(/\/calls\//);
    await see('Friday, please.');
  },
  'a kind is found by a field of its payload, and has an address': async () => {
    await page.goto(`${base}/developers/events`);
    await page.getByRole('searchbox', { name: 'Search kinds and payloads' }).fill('script_step');
    await page.getByRole('link', { name: /^tool\.called/ }).click();
    await page.waitForURL(/kind=tool\.called/);
    await see('The agent, and the caller with it');
    await page.getByRole('tab', { name: 'Variables' }).click();
    await see('{{ args', page.getByRole('list', { name: 'Variables' }));
  },
  'failed deliveries are found by their destination, opened, and done again': async () => {
    await page.goto(`${base}/deliveries`);
    await page.getByLabel('Result').selectOption('failed');
    await page.waitForURL(/result=failed/);
    const row = page
      .getByRole('list', { name: 'Deliveries' })
      .getByRole('link')
      .filter({ hasText: 'Tell a system that has moved' });
    await row.first().click();
    await page.waitForURL(/run=run_.*entry=/);
    await page.getByRole('tab', { name: 'Timing' }).click();
    await page.waitForURL(/tab=timing/);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.search.includes('entry='));
    await page.getByLabel('Answer').selectOption('4xx');
    await page.waitForURL(/answer=4xx/);
    await row.first().waitFor();
    const flow = (await ask('/v1/flows')).data.find(({ name }) => name === 'Tell a system that has moved');
    await page.getByLabel('Flow').selectOption(flow.id);
    await press('Replay the failed');
    const failed = async () => (await ask(`/v1/runs?flow=${flow.id}`)).data.length;
    const before = await failed();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('list', { name: 'Steps that run again' }).waitFor();
    await press('Replay', dialog);
    await until('there is another run', async () => (await failed()) > before);
  },
  'a key says when it was used, and gets a new token': async () => {
    await page.goto(`${base}/keys`);
    await see(/last used/);
    await press('Rotate key billing service');
    await press('Rotate', page.getByRole('dialog'));
    await see('Copy it now');
  },
};

await tell('developers', facts, { page, problems, out });
await browser.close();
