import type { Agent, AgentSettings, ValueType } from '@/lib/types';

/** What is sent of an agent: its settings without what only the server says. */
export function settingsOf(agent: Agent): AgentSettings {
  const { id: _, version: __, created_at: ___, updated_at: ____, flows: _____, ...settings } = agent;
  return settings;
}

export const types: [value: ValueType, label: string][] = [
  ['text', 'Text'],
  ['number', 'Number'],
  ['boolean', 'True or false'],
  ['date', 'Date'],
  ['time', 'Time'],
  ['email', 'E-mail address'],
  ['phone', 'Phone number'],
  ['money', 'Money'],
  ['choice', 'Choice'],
  ['list', 'List'],
];

export const mostActions = 10;

/** A list with one of its items replaced, or removed where there is no other. */
export function replaced<T>(list: T[], at: number, item: T | undefined): T[] {
  return item === undefined
    ? list.filter((_, i) => i !== at)
    : list.map((each, i) => (i === at ? item : each));
}

/** Lines of a text as a list. */
export const lines = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter(Boolean);

/** Without what was left empty. */
export function given<T extends object>(object: T): T {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== '' && value !== undefined),
  ) as T;
}
