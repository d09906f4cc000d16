// What a person does in the flow editor, whichever way the flow is shown; and what comes of it compared with the documentation.
import { readFileSync } from 'node:fs';

/** A worked example; its test cases are not part of what a form builds. */
export function readExample(name) {
  const file = new URL(`../../docs/examples/${name}.json`, import.meta.url);
  const { cases: _, ...example } = JSON.parse(readFileSync(file, 'utf8'));
  return example;
}

/** The same value with its members in one order. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

export function mustBe(found, wanted) {
  const [a, b] = [found, wanted].map((value) => JSON.stringify(sorted(value)));
  if (a !== b) throw new Error(`it is ${a}`);
}

/** What a step is called before it gets an id of its own. */
export const firstId = (step) => (step.do === 'http.request' ? 'request' : step.do.split('.')[0]);

export function handsOn(page) {
  const ask = (path, body) =>
    page.evaluate(
      async ([url, json]) => {
        const answer = await fetch(url, {
          ...(json && { method: 'POST', headers: { 'content-type': 'application/json' }, body: json }),
        });
        if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
        return answer.json();
      },
      [path, body && JSON.stringify(body)],
    );
  const press = (name, within = page) => within.getByRole('button', { name, exact: true }).click();

  async function until(what, fact, seconds = 10) {
    for (let tries = 0; tries < 10 * seconds; tries += 1) {
      if (await fact()) return;
      await page.waitForTimeout(100);
    }
    throw new Error(`not so after ${seconds} s: ${what}`);
  }

  /** Fills in rows of name and value; the focus is in each new row. */
  async function fill(within, add, values) {
    const last = within.getByRole('textbox', { name: 'Name', exact: true }).last();
    for (const [name, value] of Object.entries(values)) {
      if ((await last.inputValue()) !== '') await press(add, within);
      await until('the last row is a new one', async () => (await last.inputValue()) === '');
      await last.fill(name);
      await within.getByRole('textbox', { name: `Value of ${name}`, exact: true }).fill(value);
    }
  }

  /** Interested, and for longer than a minute. */
  async function fillCondition() {
    await page.getByLabel('Field of Only if, 1').fill('outcome.interested');
    await page.getByLabel('Value of Only if, 1').fill('true');
    await press('Add a condition');
    await page.getByLabel('Field of Only if, 2').fill('duration');
    await page.getByLabel('Operator of Only if, 2').selectOption('>');
    await page.getByLabel('Value of Only if, 2').fill('60');
  }

  /** The form of a fresh step; once it has its id it may stand elsewhere. */
  async function fillStep(step, fresh, own) {
    await press('More', fresh);
    await fresh.getByLabel('Id', { exact: true }).fill(step.id);
    await page.keyboard.press('Enter');
    if (step.do === 'email.send') await fillMail(step, own);
    else await fillRequest(step, own);
  }

  async function fillMail(step, own) {
    await own.getByLabel('Account').selectOption(step.connection);
    await own.getByLabel('To', { exact: true }).fill(step.with.to);
    await own.getByLabel('Subject', { exact: true }).fill(step.with.subject);
    // It is there by itself once the server has said that a mail needs it.
    await own.getByLabel('Text', { exact: true }).fill(step.with.text);
  }

  async function fillRequest(step, own) {
    await own.getByLabel('Method').selectOption(step.with.method);
    await own.getByLabel('URL', { exact: true }).fill(step.with.url);
    await press('Headers', own);
    await fill(own.getByRole('group', { name: 'Headers' }), 'Add to headers', step.with.headers);
    await press('Body', own);
    await own.getByLabel('Body', { exact: true }).selectOption('json');
    await fill(own.getByRole('group', { name: 'JSON' }), 'Add a field', step.with.json);
  }
  /** A field for JSON is drawn only as far as it is seen: the whole of it is read where it is held. */
  const json = (name) => page.getByRole('textbox', { name, exact: true });
  const readText = (name = 'Flow document') =>
    json(name).evaluate((field) => field.cmTile.view.state.doc.toString());
  async function writeText(next, name = 'Flow document') {
    await json(name).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(next);
    await until('it is in the text', async () => (await readText(name)) === next);
  }

  /** What the example needs of the workspace, unless it is there. */
  async function prepare() {
    const has = async (path, name) => (await ask(path)).data.some((each) => each.name === name);
    for (const name of ['api_key', 'slack_token']) {
      if (!(await has('/v1/secrets', name))) await ask('/v1/secrets', { name, value: `value-of-${name}` });
    }
    // Nobody listens there: mails of this account fail at once.
    const fields = { host: '127.0.0.1', port: 1, security: 'plain', from: 'Shop <shop@example.com>' };
    if (!(await has('/v1/connections', 'Mail'))) {
      await ask('/v1/connections', { name: 'Mail', kind: 'smtp', fields });
    }
  }
  return { ask, press, until, fill, fillCondition, fillStep, readText, writeText, prepare };
}
