type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a flow document does, for lists: the kinds it starts on and the actions it takes, in order, at any depth. */
export function summarize(document: unknown): { kinds: string[]; actions: string[] } {
  if (!isObject(document)) return { kinds: [], actions: [] };
  const kinds = Array.isArray(document.on)
    ? document.on.map(String)
    : typeof document.on === 'string'
      ? [document.on]
      : [];
  return { kinds, actions: [...new Set(actionsOf(document.steps))] };
}

function actionsOf(steps: unknown): string[] {
  if (Array.isArray(steps)) return steps.flatMap(actionsOf);
  if (!isObject(steps)) return [];
  const own = typeof steps.do === 'string' ? [steps.do] : [];
  return [
    ...own,
    ...['steps', 'then', 'else', 'catch', 'switch', 'parallel', 'try'].flatMap((name) =>
      actionsOf(steps[name]),
    ),
  ];
}
