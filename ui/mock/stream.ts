import type { ServerResponse } from 'node:http';
import { runs } from './runs.ts';

/** Tells every few seconds that a run has happened, so that live screens have something to show. */
export function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': hello\n\n');
  let n = 0;
  const timer = setInterval(() => {
    const like = runs[2 + (n % 3)];
    n += 1;
    const run = {
      ...like,
      id: `run_01kaj3x8c2f7q9m1v5t0n5${String(n).padStart(4, '0')}`,
      entries: undefined,
    };
    response.write(`event: run\ndata: ${JSON.stringify(run)}\n\n`);
  }, 5000);
  response.on('close', () => clearInterval(timer));
}
