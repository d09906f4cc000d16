/** What can be put into a text at a place, as lists of choices show it: values with what they are worth now, and filters. */
import type { Choice, ChoiceGroup } from '@/components/finder';
import { plural } from '@/lib/format';
import type { Filter, Variable } from '@/lib/types';
import type { JsonObject } from './json';
import type { Name } from './scope';

export type Known = {
  /** Of the step's own answer, where the text sees it. */
  answer: Name[];
  /** Of the steps before it. */
  earlier: Name[];
  variables: Variable[];
  secrets: string[];
  /** What a test has given. */
  saved: JsonObject;
  /** Paths only: what has a spelling of its own is left out. */
  bare: boolean;
};

export function valueGroups({ answer, earlier, variables, secrets, saved, bare }: Known): ChoiceGroup[] {
  return [
    { label: 'The answer to this step', items: answer.map((name) => row(name, {})) },
    { label: 'Earlier steps', items: earlier.map((name) => row(name, saved)) },
    ...byGroup(variables, bare),
    {
      label: 'Secrets',
      items: secrets.map((name) => ({ value: `secrets.${name}`, label: `secrets.${name}`, hint: '•••' })),
    },
  ].filter((group) => group.items.length > 0);
}

export function filterGroups(filters: Filter[]): ChoiceGroup[] {
  return [{ label: 'Filters', items: filters.map(filterRow) }];
}

/** Those that begin with a word, then those in which it stands; none where it is all that there is. */
export function fitting(groups: ChoiceGroup[], word: string, most: number): Choice[] {
  const wanted = word.toLowerCase();
  const all = groups.flatMap(({ items }) => items);
  const starts = (choice: Choice) => choice.label.toLowerCase().startsWith(wanted);
  const inner = all.filter((choice) => !starts(choice) && choice.label.toLowerCase().includes(wanted));
  const found = [...all.filter(starts), ...inner];
  return found.length === 1 && found[0]?.label === word ? [] : found.slice(0, most);
}

/** A value as a list shows it. */
export const short = (value: unknown, longest = 60): string => {
  if (value === undefined || value === null) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

/** What has a name of its own, not only as a part of a whole object. */
export const isOwn = ({ path, group }: Variable) =>
  group !== 'payload' && !/^(call|raw|payload|payload_flat)\b/.test(path);

function row({ path, from, hint }: Name, saved: Record<string, unknown>): Choice {
  const known = path in saved ? short(saved[path]) : hint;
  return { value: path, label: path, hint: known || (from && `of ${from}`), words: from };
}

function filterRow({ name, required, optional }: Filter): Choice {
  const needs = required > 0 ? plural(required, 'argument') : optional > 0 ? 'may have arguments' : '';
  return { value: name, label: name, hint: needs };
}

/** Names of their own first; what is also reached through a whole object, and the payload, behind them. */
const last = ['Whole objects', 'Payload'];

function byGroup(variables: Variable[], bare: boolean): ChoiceGroup[] {
  const groups = new Map<string, ChoiceGroup>();
  for (const each of variables) {
    if (each.group === 'payload' && bare) continue;
    const label = each.group === 'payload' || isOwn(each) ? title(each.group) : 'Whole objects';
    const group = groups.get(label) ?? { label, items: [] };
    groups.set(label, group);
    group.items.push({
      value: each.group === 'payload' ? each.insert : each.path,
      label: each.group === 'payload' ? each.insert : each.path,
      hint: short(each.value),
      words: each.description ?? '',
    });
  }
  return [...groups.values()].sort((a, b) => last.indexOf(a.label) - last.indexOf(b.label));
}

const title = (group: string) => group.charAt(0).toUpperCase() + group.slice(1);
