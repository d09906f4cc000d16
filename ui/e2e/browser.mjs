// The browser that the scripts drive, and the time after which they give up whatever happens.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

/** How a page is looked at, where nothing else is said. */
export const settings = {
  viewport: { width: 1360, height: 900 },
  reducedMotion: 'reduce',
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
};

export async function launch({ giveUpAfter }) {
  const limit = setTimeout(() => {
    console.error(`gave up after ${giveUpAfter} s`);
    process.exit(1);
  }, giveUpAfter * 1000);
  limit.unref();
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** A page of the server that the command line names, with the session that e2e/journey.mjs left, and what is wrong on it. */
export async function enter(script, { expectStatus } = {}) {
  const { values: options } = parseArgs({
    options: {
      base: { type: 'string' },
      session: { type: 'string' },
      out: { type: 'string', default: 'screens' },
    },
  });
  if (!options.base || !options.session) {
    console.error(`usage: node e2e/${script}.mjs --base URL --session FILE [--out DIR]`);
    process.exit(2);
  }
  mkdirSync(options.out, { recursive: true });
  const browser = await launch({ giveUpAfter: 120 });
  const context = await browser.newContext({ ...settings, storageState: options.session });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const problems = [];
  await listen(page, (problem) => problems.push(problem), { expectStatus });
  return { base: options.base, out: options.out, browser, page, problems };
}

/** Does one thing after the other; ends everything at the first that is not so, with a picture of it. */
export async function tell(name, facts, { page, problems, out }) {
  const began = Date.now();
  for (const [fact, act] of Object.entries(facts)) {
    try {
      await act();
      if (problems.length > 0) throw new Error(problems.join('; '));
    } catch (error) {
      console.error(`not so: ${fact}\n  ${error.message.split('\n').slice(0, 6).join('\n  ')}`);
      await page.screenshot({ path: join(out, `${name}.png`) });
      await page.context().browser().close();
      process.exit(1);
    }
  }
  console.log(`${name}: ${Object.keys(facts).length} facts in ${((Date.now() - began) / 1000).toFixed(0)} s`);
}

/** What must never be said on the console; a refused policy is said there too. What is expected may change meanwhile. */
export async function listen(page, complain, expected = {}) {
  page.on('console', (message) => {
    const statuses = [expected.expectStatus ?? []].flat();
    const isExpected = statuses.some((status) => message.text().includes(String(status)));
    if (message.type() === 'error' && !isExpected) complain(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complain(`page error: ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(
        `content security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`,
      ),
    );
  });
}
