/** When a flow starts, as people say it: “After each call of Sarah that was answered and ended as Interested”. */
import { plural } from '@/lib/format';
import type { EventKind } from '@/lib/types';
import { say, type Tree } from './condition';
import { countInside } from './edit';
import { type Doc, type Json, listOf, objectOf, textOf } from './json';
import type { Step } from './steps';

/** Each ends so that what calls it is about can follow; a kind that came later is named by its title. */
const moments: Record<string, string> = {
  'call.dialing': 'before dialling each call',
  'call.incoming': 'at the start of each incoming call',
  'call.started': 'at the first ring of each call',
  'call.answered': 'when somebody answers a call',
  'tool.called': 'when the agent calls a tool in a call',
  'call.voicemail_detected': 'when a voicemail answers a call',
  'call.transfer_started': 'when somebody takes over a call',
  'call.transfer_ended': 'after the transfer of a call',
  'call.ended': 'after each call',
  'call.recording_ready': 'when there is a recording of a call',
  'call.analyzed': 'after the analysis of each call',
  'call.reanalyzed': 'after a new analysis of a call',
  'run.failed': 'when another flow has failed',
  'flow.failing': 'when another flow keeps failing',
  'flow.paused': 'when another flow was paused',
  'destination.failing': 'when a destination does not answer',
};

const momentOf = (kind: string, kinds: EventKind[]): string =>
  moments[kind] ?? `at “${kinds.find((each) => each.kind === kind)?.title ?? kind}” of a call`;

const joined = (words: string[], by: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${by} ${words.at(-1)}`;

const either = (value: Json | undefined): string => joined(listOf(value).map(textOf), 'or');
const has = (value: Json | undefined): boolean => listOf(value).length > 0;

function numbers(value: Json | undefined): string {
  const all = listOf(value).map(textOf);
  const open = all.filter((each) => each.endsWith('*')).map((each) => each.slice(0, -1));
  const whole = all.filter((each) => !each.endsWith('*'));
  return joined(
    [
      whole.length > 0 && `with the number ${joined(whole, 'or')}`,
      open.length > 0 && `with a number that starts with ${joined(open, 'or')}`,
    ].filter((each) => each !== false),
    'or',
  );
}

function seconds(value: Json | undefined): string {
  const all = Number(value);
  const fits = (size: number) => all >= size && all % size === 0;
  if (fits(3600)) return plural(all / 3600, 'hour');
  return fits(60) ? plural(all / 60, 'minute') : `${all} ${all === 1 ? 'second' : 'seconds'}`;
}

function clauses(where: Doc): string[] {
  const { min_duration_s: least, max_duration_s: most } = where;
  return [
    where.connected === true && 'was answered',
    where.connected === false && 'was not answered',
    has(where.dispositions) && `ended as ${either(where.dispositions)}`,
    has(where.statuses) && `has the status ${either(where.statuses)}`,
    typeof least === 'number' && `lasted at least ${seconds(least)}`,
    typeof most === 'number' && `lasted at most ${seconds(most)}`,
  ].filter((each) => each !== false);
}

/** `condition` is the one of the document, once the server has read it; until then it stands as it is written. */
export function sentenceOf(doc: Doc, kinds: EventKind[] = [], condition?: Tree): string {
  const where = objectOf(doc.where);
  const text = textOf(where.if).trim();
  const when = joined(
    listOf(doc.on).map((kind) => momentOf(textOf(kind), kinds)),
    'or',
  );
  const that = clauses(where);
  const whole = [
    when || 'never: no moment is chosen',
    has(where.agents) && `of ${either(where.agents)}`,
    has(where.campaigns) &&
      `in the ${listOf(where.campaigns).length > 1 ? 'campaigns' : 'campaign'} ${either(where.campaigns)}`,
    has(where.flows) && `(${either(where.flows)})`,
    has(where.numbers) && numbers(where.numbers),
    that.length > 0 && `that ${joined(that, 'and')}`,
  ].filter(Boolean);
  const only = text === '' ? '' : `, if ${condition ? say(condition) : text}`;
  const once = typeof where.every_s === 'number' ? `, at most once in ${seconds(where.every_s)}` : '';
  const sentence = `${whole.join(' ')}${only}${once}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The system or the person that a step reaches, where the document says it as it is. */
function targetOf(step: Step): string {
  const { to, url } = objectOf(step.with);
  const host = /^https?:\/\/([^/?#{}]+)(?:[/?#]|$)/.exec(textOf(url))?.[1] ?? '';
  const target = textOf(to) || host;
  return target === '' || target.includes('{{') ? '' : ` to ${target}`;
}

/** What a step does, after what it is called: to whom, or with how many steps inside. */
export function deedOf(step: Step, label: string): string {
  const inside = countInside(step);
  return inside > 0 ? `${label} (${plural(inside, 'step')})` : `${label}${targetOf(step)}`;
}

/** A name to begin with: what is done first, and when. */
export function nameFor(first: string, sentence: string): string {
  const [when = ''] = sentence.split(', if ');
  const name = `${first} ${when.charAt(0).toLowerCase()}${when.slice(1)}`;
  return name.length > 80 ? `${name.slice(0, 79).trimEnd()}…` : name;
}
