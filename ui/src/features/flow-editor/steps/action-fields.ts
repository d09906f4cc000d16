/** Which fields of an action a form shows: those that must be given, those that are, and those asked for. */
import type { JsonObject } from '@/features/flow-editor/model/json';
import type { ActionField } from '@/lib/types';

export type Group = { label: string; fields: ActionField[]; chosen: ActionField | undefined };
export type Shown = { fields: (ActionField | Group)[]; offered: (ActionField | Group)[] };

export const isGroup = (each: ActionField | Group): each is Group => 'fields' in each;
export const nameOf = (each: ActionField | Group) => (isGroup(each) ? each.label : each.name);

/** Fields that exclude each other, made one. */
function grouped(fields: ActionField[], given: JsonObject): (ActionField | Group)[] {
  const all: (ActionField | Group)[] = [];
  for (const field of fields) {
    const group = all.find((each) => isGroup(each) && each.label === field.group);
    if (!field.group) all.push(field);
    else if (group && isGroup(group)) group.fields.push(field);
    else all.push({ label: field.group, fields: [field], chosen: undefined });
  }
  return all.map((each) =>
    isGroup(each) ? { ...each, chosen: each.fields.find((field) => field.name in given) } : each,
  );
}

export function arrange(fields: ActionField[], given: JsonObject, asked: ReadonlySet<string>): Shown {
  const all = grouped(fields, given);
  const lastRequired = all.findLastIndex((each) => !isGroup(each) && each.required);
  const isShown = (each: ActionField | Group, i: number) =>
    i <= lastRequired ||
    asked.has(nameOf(each)) ||
    (isGroup(each) ? each.chosen !== undefined : each.name in given);
  return { fields: all.filter(isShown), offered: all.filter((each, i) => !isShown(each, i)) };
}

/** Lines of the form: a choice and the URL behind it share one. */
export function paired(fields: (ActionField | Group)[]): (ActionField | Group)[][] {
  const lines: (ActionField | Group)[][] = [];
  for (const each of fields) {
    const [before] = lines.at(-1) ?? [];
    const joins =
      before && !isGroup(before) && !isGroup(each) && before.type === 'choice' && each.type === 'url';
    if (joins) lines.at(-1)?.push(each);
    else lines.push([each]);
  }
  return lines;
}
