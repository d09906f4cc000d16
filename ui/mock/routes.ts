import { alerts } from './alerts.ts';
import { callDetail, eventDetail } from './call.ts';
import { calls } from './calls.ts';
import { connectionKinds, connections } from './connections.ts';
import { destinations } from './destinations.ts';
import { endpoints, providers } from './endpoints.ts';
import { flowRow, flows } from './flows.ts';
import { received } from './inspector.ts';
import { keys, secrets } from './keys.ts';
import { agents, campaigns, choices, contacts, imported, outcomes } from './people.ts';
import { runs } from './runs.ts';
import { testing } from './testing.ts';
import { agentFigures, attempts, flowFigures, timeline } from './trends.ts';

type Answer = { status: number; data?: unknown };

const problem = (
  status: number,
  code: string,
  title: string,
  detail: string,
  errors: unknown[] = [],
): Answer => ({
  status,
  data: { type: `/docs/errors#${code}`, title, status, code, detail, errors },
});
const ok = (data: unknown, status = 200): Answer => ({ status, data });
const none = (what: string) =>
  problem(404, 'not_found', 'There is no such thing', `there is no ${what} with this id`);

/** A page of a list; the cursor is the id of the last row shown. */
function page<T extends { id: string }>(rows: T[], url: URL, empty: boolean): Answer {
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const from = rows.findIndex((row) => row.id === url.searchParams.get('cursor')) + 1;
  const data = empty ? [] : rows.slice(from, from + limit);
  return ok({ data, next: !empty && from + limit < rows.length ? data.at(-1)?.id : null });
}

/** What the server would answer, from fixtures. */
export function answer(method: string, url: URL, body: unknown, mood: string): Answer {
  if (mood === 'signed-out') return problem(401, 'unauthorized', 'No valid key or session', 'sign in first');
  if (mood === 'error')
    return problem(
      503,
      'unavailable',
      'The server cannot store anything at the moment',
      'the store is unavailable; nothing was kept, try again later',
    );
  const [, , ...path] = url.pathname.split('/');
  const [resource = '', id = '', action = ''] = path;
  const tested = testing(path, body);
  if (tested !== undefined) return ok(tested);
  const empty = mood === 'empty';
  const get = (name: string) => url.searchParams.get(name);
  if (method === 'DELETE') return { status: 204 };
  switch (resource) {
    case 'runs': {
      const run = runs.find((each) => each.id === id);
      if (!id) {
        const fits = runs.filter(
          (each) =>
            (!get('status') || each.status === get('status')) &&
            (!get('flow') || each.flow.id === get('flow')) &&
            (!get('parent') || each.parent_id === get('parent')) &&
            (!get('whole') || !each.parent_id) &&
            (!get('call') || each.call?.id === get('call')),
        );
        return page(
          fits.map(({ entries: _, ...row }) => row),
          url,
          empty,
        );
      }
      if (!run) return none('run');
      if (method === 'POST' && action === 'replay') return ok(runs[2], 201);
      return ok(run);
    }
    case 'calls': {
      if (id === 'choices') return ok(choices);
      if (id === 'simulate')
        return ok(
          {
            provider_call_id: 'rehearsal',
            events: [{ provider_event: 'end-of-call-report', id: 'evt', call_id: calls[0]?.id, runs: [] }],
          },
          202,
        );
      if (!id)
        return page(
          calls.filter(
            (each) =>
              (!get('status') || each.status === get('status')) &&
              (!get('number') || [each.from, each.to].includes(get('number'))),
          ),
          url,
          empty,
        );
      const call = calls.find((each) => each.id === id);
      return call ? ok(callDetail(call)) : none('call');
    }
    case 'events': {
      const found = calls[0] && eventDetail(calls[0], id);
      return found ? ok(found) : none('event');
    }
    case 'alerts':
      return method === 'POST'
        ? ok({ ...alerts[0], open: false, acknowledged_at: new Date().toISOString(), acknowledged_by: 'you' })
        : page(alerts, url, empty);
    case 'settings':
      if (id === 'quiet') return ok(method === 'PUT' ? body : { enabled: true, except: ['Night desk'] });
      if (id === 'redaction')
        return ok({ fields: ['from', 'transcript', 'contact.email'], variables: ['budget'] });
      if (id === 'prices')
        return ok(
          method === 'PUT'
            ? body
            : {
                action: 0,
                sms_segment: 10,
                mail: 10,
                thousand_tokens: 0,
                call_minute: 0,
                zone: 'Europe/Berlin',
              },
        );
      if (id === 'workspace') return ok(method === 'PUT' ? body : { name: 'Demo', settle_within_s: null });
      if (id === 'pausing') return ok(method === 'PUT' ? body : { pause_after: null });
      if (id === 'network')
        return ok(
          method === 'PUT'
            ? body
            : {
                allow_networks: empty ? [] : ['10.1.2.3:8080'],
                egress_addresses: empty ? [] : ['198.51.100.7'],
              },
        );
      return ok({ webhook_url: null, has_secret: false, min_interval_s: 300, flow_id: null });
    case 'flows':
      if (path[3] && method === 'GET') return ok(flows.find((each) => each.id === id) ?? flows[0]);
      return flowAnswer(method, id, action, body, url, empty);
    case 'stats':
      if (id === 'timeline') return ok(timeline(url, empty));
      if (id === 'flows') return ok({ data: empty ? [] : flowFigures });
      if (id === 'agents') return ok({ data: empty ? [] : agentFigures });
      return ok({
        runs: empty
          ? { running: 0, waiting: 0, succeeded: 0, failed: 0, cancelled: 0 }
          : { running: 2, waiting: 14, succeeded: 128_344, failed: 37, cancelled: 3 },
        calls: { ringing: 0, talking: 1 },
        queued: 0,
        performing: 1,
      });
    case 'providers':
      return ok(providers);
    case 'endpoints':
      return method === 'POST'
        ? ok({ ...endpoints[0], ...(body as object) }, 201)
        : page(endpoints, url, empty);
    case 'connections':
      if (id === 'kinds') return ok(connectionKinds);
      if (action === 'test') return ok(connections[0]?.tested);
      return method === 'POST'
        ? ok({ ...connections[0], ...(body as object) }, 201)
        : page(connections, url, empty);
    case 'agents':
    case 'campaigns': {
      const all = resource === 'agents' ? agents : campaigns;
      if (method !== 'GET') return ok({ ...all[0], ...(body as object) }, id ? 200 : 201);
      if (!id) return page<{ id: string }>(all, url, empty);
      const one = all.find((each) => each.id === id);
      if (one && action === 'outcomes') return ok(outcomes);
      return one ? ok(one) : none(resource);
    }
    case 'contacts':
      if (id === 'import') return ok(imported);
      if (id === 'count') return ok({ contacts: 412, complete: true });
      if (action === 'campaigns')
        return ok(campaigns.map((each) => ({ id: each.id, name: each.name, may_be_called: true })));
      if (id && method === 'GET') {
        const one = contacts.find((each) => each.id === id);
        return one ? ok(one) : none('contact');
      }
      return method === 'GET'
        ? page(
            contacts.filter((each) => !get('do_not_call') || String(each.do_not_call) === get('do_not_call')),
            url,
            empty,
          )
        : ok({ ...contacts[0], ...(body as object) }, id ? 200 : 201);
    case 'keys':
      return method === 'POST'
        ? ok({ ...keys[0], token: 'sh_live_mockmockmockmockmockmockmockmockmockmockmock' }, 201)
        : page(keys, url, empty);
    case 'destinations':
      if (action === 'timeline') return ok(attempts(url, empty));
      if (method === 'GET' && !id) return ok({ data: empty ? [] : destinations, next: null });
      return ok({
        ...(destinations.find(({ name }) => name === decodeURIComponent(id)) ?? destinations[0]),
        ...(body as object),
      });
    case 'secrets':
      return method === 'POST'
        ? ok({ ...secrets[0], ...(body as object) }, 201)
        : ok({ data: empty ? [] : secrets, next: null });
    case 'session':
      return method === 'POST'
        ? { status: 204 }
        : ok({
            workspace: { id: 'ws_01kaj3x8c2f7q9m1v5t0n40001', name: 'Demo' },
            via: 'session',
            name: 'first sign-in',
            scopes: ['admin'],
            expires_at: null,
            demo: true,
            public_url: url.origin,
            version: '0.1.0',
          });
    case 'inspector':
      return ok({ data: empty ? [] : received });
    default:
      return none('thing');
  }
}

const text = 'step `deliver`: timeout_s 15 → 30';
const change = {
  from: 1,
  to: 2,
  summary: text,
  changes: [{ kind: 'changed', step: 'deliver', field: 'timeout_s', old: 15, new: 30, text }],
};

function versionsOf({ version, live, updated_at, ...flow }: (typeof flows)[number]) {
  const one = (_: unknown, i: number) => ({
    ...flow,
    version: version - i,
    state: version - i === live ? 'live' : 'past',
    at: updated_at,
    change: i + 1 === version ? 'the first version' : text,
  });
  return { data: Array.from({ length: version }, one), next: null };
}

function flowAnswer(
  method: string,
  id: string,
  action: string,
  body: unknown,
  url: URL,
  empty: boolean,
): Answer {
  const flow = flows.find((each) => each.id === id);
  if (!id && method === 'GET') return page(flows.map(flowRow), url, empty);
  if (id && id !== 'check' && !flow) return none('flow');
  if (method === 'GET') {
    return flow && action === 'versions' ? ok(versionsOf(flow)) : ok(action === 'diff' ? change : flow);
  }
  if (action === 'run') return ok({ id: runs[2]?.id }, 202);
  const steps = (body as { steps?: { do?: string; with?: { url?: string } }[] } | undefined)?.steps ?? [];
  const wrong = steps.flatMap((step, i) => {
    if (step.with?.url === '') return [{ path: `/steps/${i}/with/url`, message: 'a URL must not be empty' }];
    if (!step.do || step.do.includes('.')) return [];
    return [
      {
        path: `/steps/${i}/do`,
        message: `there is no action \`${step.do}\`; did you mean \`http.request\`?`,
      },
    ];
  });
  if (id === 'check')
    return ok({
      problems: wrong,
      warnings: [],
      settles: wrong.length > 0 ? null : JSON.stringify(body).includes('outcome'),
    });
  if (wrong.length > 0)
    return problem(
      422,
      'invalid_flow',
      'The flow is not valid',
      `${wrong.length} things are wrong; see errors`,
      wrong,
    );
  return ok({ ...(flow ?? flows[0]), enabled: action ? action === 'enable' : true });
}
