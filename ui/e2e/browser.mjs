// The browser that both scripts drive, and the time after which they give up whatever happens.
import { chromium } from 'playwright-core';

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

/** What must never be said on the console; a refused policy is said there too. */
export async function listen(page, complain, { expectStatus } = {}) {
  page.on('console', (message) => {
    const expected = expectStatus && message.text().includes(String(expectStatus));
    if (message.type() === 'error' && !expected) complain(`console: ${message.text()}`);
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
