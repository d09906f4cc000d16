/** What the server would say to the flow editor: actions, kinds, samples, previews, conditions, a dry run. All of it made up
 * from one sample call, and no more clever than screens need. */
import { catalogue, kinds, sample, variables } from './sample.ts';

type Step = Record<string, unknown> & {
  id?: string;
  do?: string;
  with?: Record<string, unknown>;
  save?: object;
};

const lookUp = (path: string): unknown =>
  variables.find((each) => each.path === path)?.value ??
  path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], sample.call);

function render(text: string): { text: string; missing: string[] } {
  const missing: string[] = [];
  const filled = text.replace(/\{\{\s*([\w.]+)[^}]*\}\}/g, (_, path: string) => {
    const value = path.startsWith('secrets.') ? '•••' : lookUp(path);
    if (value === undefined) missing.push(path);
    return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  });
  return { text: filled, missing };
}

function condition(text: string) {
  const parts = text.split(' and ').map((part) => {
    const [, left, operator, right] = /^([\w.]+) (==|!=|>=|<=|>|<|contains|exists) ?(.*)$/.exec(part) ?? [];
    return left ? { left, operator, ...(right && { right }) } : { text: part };
  });
  return parts.length === 1 ? parts[0] : { all: parts };
}

function dryRun(flow: { steps?: Step[] }) {
  const steps = (flow.steps ?? []).map((step) => {
    const inputs = step.with ?? {};
    return {
      step: step.id ?? '',
      path: step.id ?? '',
      rounds: [],
      flow: 'Mock',
      kind: step.do ? 'do' : 'set',
      action: step.do ?? null,
      result: step.do ? 'would_send' : 'succeeded',
      request: step.do
        ? {
            method: String(inputs.method ?? 'POST'),
            url: render(String(inputs.url ?? '')).text,
            headers: [['content-type', 'application/json']],
            body: render(JSON.stringify(inputs.json ?? sample)).text,
          }
        : null,
      response: step.do ? { status: 200, headers: [], body: '{"id":"lead_123"}' } : null,
      saved: step.save ? { lead_id: 'lead_123' } : null,
      warnings: [],
      duration_ms: 0,
    };
  });
  return {
    matched: true,
    why_not: [],
    status: 'succeeded',
    reason: null,
    steps,
    saved: { lead_id: 'lead_123' },
  };
}

/** The answer to a path of the editor's, or nothing where it is not one. */
export function testing(path: string[], body: unknown): unknown {
  const [resource, id, action] = path;
  const given = (body ?? {}) as { text?: string; as?: string; flow?: { steps?: Step[] } };
  if (resource === 'actions') return catalogue;
  if (resource === 'events' && id === 'kinds') return kinds;
  if (resource === 'events' && action === 'payload') return sample;
  if (resource === 'samples') return id ? { event: sample, payload: sample, variables } : kinds;
  if (resource === 'calls' && action === 'payload') return { event: sample, payload: sample, variables };
  if (resource === 'conditions') return { tree: condition(given.text ?? ''), text: given.text };
  if (resource === 'flows' && id === 'test') return dryRun(given.flow ?? {});
  if (resource === 'expressions') {
    if (given.as === 'condition') return { value: true, text: 'true', warnings: [], problems: [] };
    const { text, missing } = render(given.text ?? '');
    const warnings = missing.map((name) => ({ message: `\`${name}\` is missing here`, from: 0, to: 0 }));
    return { value: text, text, warnings, problems: [] };
  }
  return undefined;
}
