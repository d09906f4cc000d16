/** Actions by what they are for: the part of their name before the dot says it. */
const themes: [label: string, apps: string[]][] = [
  ['Web requests', ['http', 'webhook']],
  ['Messages', ['email', 'sms']],
  ['Calendar', ['calendar']],
  ['Databases', ['sql']],
  ['Language models', ['llm']],
  ['Code', ['code']],
  ['Phone numbers', ['phone']],
  ['Files', ['storage', 'file', 'csv']],
];

const appOf = (action: string) => action.split('.')[0] ?? action;
const titled = (app: string) => app.charAt(0).toUpperCase() + app.slice(1).replaceAll('_', ' ');

/** What an app's actions stand under; an app of its own is its own heading. */
const themeOf = (action: string): string =>
  themes.find(([, apps]) => apps.includes(appOf(action)))?.[0] ?? titled(appOf(action));

export type ActionGroup<A> = { label: string; actions: A[] };

/** The known themes in their order, then apps by name; within one the order stays. */
export function groupActions<A extends { name: string; label: string }>(actions: A[]): ActionGroup<A>[] {
  const groups = new Map<string, A[]>();
  for (const action of actions) {
    const label = themeOf(action.name);
    groups.set(label, [...(groups.get(label) ?? []), action]);
  }
  const rank = (label: string) => {
    const at = themes.findIndex(([theme]) => theme === label);
    return at < 0 ? themes.length : at;
  };
  return [...groups]
    .map(([label, list]) => ({ label, actions: list }))
    .sort((a, b) => rank(a.label) - rank(b.label) || a.label.localeCompare(b.label));
}
