// The page's own tasks as Chromium traces them, in the CPU time that they took: a busy machine makes a task last, not cost.

/** Notes the tasks of a page while something is done; how long the longest of them took, in milliseconds. */
export async function longestTask(page, act) {
  const cdp = await page.context().browser().newBrowserCDPSession();
  const events = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const traceConfig = { includedCategories: ['toplevel', 'blink.user_timing'] };
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  // Says which of all processes and threads is the page's.
  await page.evaluate(() => performance.mark('longest-task'));
  await act();
  const over = new Promise((done) => cdp.once('Tracing.tracingComplete', done));
  await cdp.send('Tracing.end');
  await over;
  await cdp.detach();
  const mark = events.find(({ name }) => name === 'longest-task');
  const own = events.filter(
    ({ name, pid, tid, tdur }) => tdur && /RunTask$/.test(name) && pid === mark.pid && tid === mark.tid,
  );
  return Math.max(0, ...own.map(({ tdur }) => tdur)) / 1000;
}
