import type { CallRow, Entry, Flow, Run, RunRow } from '../src/lib/types';
import { calls } from './calls.ts';
import { branching, refused, retried, waiting } from './entries.ts';
import { flows } from './flows.ts';
import { id } from './ids.ts';
import { at } from './time.ts';

type Shape = {
  n: number;
  flow: Flow;
  status: RunRow['status'];
  ago: number;
  entries: (start: string) => Entry[];
  more?: Partial<Run>;
};

function run({ n, flow: of, status, ago, entries, more }: Shape): Run {
  const started = at(ago);
  const journal = entries(started);
  const last = journal.at(-1)?.ended_at ?? started;
  const over = status !== 'running' && status !== 'waiting';
  return {
    id: id('run', n),
    status,
    flow: { id: of.id, name: of.name, version: of.version },
    event: {
      id: id('evt', 3),
      kind: String((of.document as unknown as { on: string[] }).on[0]),
      edited: null,
    },
    call: calls[n % 3] as CallRow,
    started_at: started,
    updated_at: last,
    ended_at: over ? last : null,
    duration_ms: Date.parse(last) - Date.parse(started),
    step: null,
    attempt: 1,
    held: null,
    next_attempt_at: null,
    error: null,
    replay_of: null,
    parent_id: null,
    part: null,
    entries: journal,
    ...more,
  };
}

const [crm, hot, lead] = flows as [Flow, Flow, Flow];
const ahead = at(-95);

export const runs: Run[] = [
  run({
    n: 1,
    flow: hot,
    status: 'running',
    ago: 3,
    entries: (s) => branching(s).slice(0, 2),
    more: { step: 'task' },
  }),
  run({
    n: 2,
    flow: crm,
    status: 'waiting',
    ago: 24,
    entries: (s) => waiting(s, ahead),
    more: { step: 'deliver', attempt: 2, next_attempt_at: ahead },
  }),
  run({ n: 3, flow: crm, status: 'succeeded', ago: 186, entries: retried }),
  run({ n: 4, flow: hot, status: 'succeeded', ago: 187, entries: branching }),
  run({
    n: 5,
    flow: lead,
    status: 'failed',
    ago: 188,
    entries: refused,
    more: { error: 'lead: the receiver answered 401 Unauthorized' },
  }),
  run({ n: 6, flow: crm, status: 'cancelled', ago: 900, entries: (s) => retried(s).slice(0, 2) }),
  ...Array.from({ length: 54 }, (_, i) =>
    run({
      n: 7 + i,
      flow: i % 3 ? hot : crm,
      status: 'succeeded',
      ago: 1800 + i * 611,
      entries: i % 3 ? branching : retried,
      more: i === 4 ? { replay_of: id('run', 5) } : {},
    }),
  ),
];
