/** What a test or a run did with each step, as the canvas shows it beside the step: how it went, how long it took, and of a
 * loop how many items. */
import type { Tone } from '@/components/status';
import { type Json, objectOf } from '@/features/flow-editor/model/json';
import { duration, plural } from '@/lib/format';
import { toMicros } from '@/lib/time';
import type { Entry, TestedStep } from '@/lib/types';

export type NodeResult = { tone: Tone; label: string; took?: string; note?: string };

export const wordsOfResult = ({ label, took, note }: NodeResult): string =>
  [label, took, note].filter(Boolean).join(' · ');

type Done = {
  step: string;
  kind: string;
  result: string;
  micros: number;
  rounds: [loop: string, item: number][];
  detail: Json | undefined;
  attempt: number;
  again: boolean;
};

const words: Record<string, [Tone, string]> = {
  succeeded: ['ok', 'succeeded'],
  ok: ['ok', 'succeeded'],
  failed: ['bad', 'failed'],
  skipped: ['off', 'skipped'],
  would_send: ['live', 'would be sent'],
  would_wait: ['wait', 'would wait'],
  unknown: ['wait', 'result unknown'],
};

const roundsOf = (rounds: unknown) => (Array.isArray(rounds) ? rounds : []) as [string, number][];

/** Steps of flows that it runs have names of their own. */
export const ofTest = (steps: TestedStep[], flow: string): ReadonlyMap<string, NodeResult> =>
  gather(
    steps
      .filter((each) => each.flow === flow || steps.every((other) => other.flow !== flow))
      .map((each) => ({
        step: each.step,
        kind: each.kind,
        result: each.result,
        micros: each.duration_ms * 1000,
        rounds: roundsOf(each.rounds),
        detail: each.detail as Json | undefined,
        attempt: 1,
        again: false,
      })),
  );

/** `stands` is the step that a run which is not over has come to. */
export function ofRun(entries: Entry[], stands?: { step: string; status: string }) {
  const found = gather(
    entries
      .filter((each) => each.kind !== 'run')
      .map((each) => ({
        step: each.step,
        kind: each.kind,
        result: each.result,
        micros: Math.max(0, toMicros(each.ended_at) - toMicros(each.started_at)),
        rounds: roundsOf(each.rounds),
        detail: each.detail as Json | undefined,
        attempt: each.attempt,
        again: Boolean(each.retry_at),
      })),
  );
  if (!stands || found.has(stands.step)) return found;
  const under: NodeResult =
    stands.status === 'waiting' ? { tone: 'wait', label: 'waiting' } : { tone: 'live', label: 'under way' };
  return new Map([...found, [stands.step, under]]);
}

function gather(all: Done[]): ReadonlyMap<string, NodeResult> {
  const bySteps = new Map<string, Done[]>();
  for (const each of all) bySteps.set(each.step, [...(bySteps.get(each.step) ?? []), each]);
  return new Map([...bySteps].map(([step, done]) => [step, resultOf(done, all)]));
}

function resultOf(done: Done[], all: Done[]): NodeResult {
  const last = done.at(-1) as Done;
  const rounds = new Map(done.map((each) => [JSON.stringify(each.rounds), each]));
  const worst = [...rounds.values()].find(({ result }) => result === 'failed') ?? last;
  const [tone, label] = words[worst.result] ?? ['off', worst.result.replaceAll('_', ' ')];
  const micros = done.reduce((sum, each) => sum + each.micros, 0);
  const notes =
    last.kind === 'for_each'
      ? loopNotes(last, all)
      : rounds.size > 1
        ? [itemNote([...rounds.values()])]
        : [last.attempt > 1 && `attempt ${last.attempt}`];
  const note = notes.filter(Boolean).join(' · ');
  return {
    tone: worst.again ? 'wait' : tone,
    label: worst.again ? 'tried again' : label,
    ...(micros > 0 && { took: duration(micros) }),
    ...(note && { note }),
  };
}

/** Items are counted from 1 where people read them. */
const itemOf = ({ rounds }: Done) => (rounds.at(-1)?.[1] ?? 0) + 1;

function itemNote(items: Done[]): string {
  const failed = items.filter(({ result }) => result === 'failed');
  const count = plural(items.length, 'item');
  return failed[0] ? `${count}, ${failed.length} failed, first item ${itemOf(failed[0])}` : count;
}

function loopNotes(loop: Done, all: Done[]): (string | false)[] {
  const counts = objectOf(loop.detail);
  const number = (name: string) => (typeof counts[name] === 'number' ? counts[name] : 0);
  const failed = all
    .filter(({ result }) => result === 'failed')
    .flatMap(({ rounds }) => rounds.filter(([id]) => id === loop.step).map(([, item]) => item));
  return [
    plural(number('in'), 'item'),
    number('failed') > 0 && `${number('failed')} failed`,
    failed.length > 0 && `first item ${Math.min(...failed) + 1}`,
    number('skipped') > 0 && `${number('skipped')} skipped`,
  ];
}
