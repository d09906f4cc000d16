import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { readAgain } from './query';

/** A list that somebody looks at, and each time it was asked for, to be answered by hand. */
function watched(client: QueryClient, name: string) {
  const asked: ((rows: string) => void)[] = [];
  const queryFn = () => new Promise<string>((answer) => asked.push(answer));
  const stop = new QueryObserver(client, { queryKey: [name], queryFn }).subscribe(() => {});
  return { asked, stop, rows: () => client.getQueryData([name]) };
}
const settle = () => new Promise((done) => setTimeout(done));

it('reads once more after what was being read, which may have been asked too early', async () => {
  const client = new QueryClient();
  const [calm, slow] = [watched(client, 'calm'), watched(client, 'slow')];
  calm.asked[0]?.('old');
  await settle();
  const done = readAgain(client);
  calm.asked[1]?.('new');
  expect([calm.asked.length, slow.asked.length]).toEqual([2, 1]);
  slow.asked[0]?.('asked too early');
  await settle();
  expect(slow.asked.length).toBe(2);
  calm.asked[2]?.('new');
  slow.asked[1]?.('new');
  await done;
  expect([calm.rows(), slow.rows()]).toEqual(['new', 'new']);
  const one = readAgain(client, ['calm']);
  calm.asked[3]?.('newer');
  await one;
  expect([calm.asked.length, slow.asked.length]).toEqual([4, 2]);
  calm.stop();
  slow.stop();
});
