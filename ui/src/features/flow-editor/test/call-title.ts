/** Past calls as people know them, and which of them a flow's filters let through as far as a list of calls can tell. */
import { type Json, listOf, objectOf, textOf } from '@/features/flow-editor/model/json';
import { wait } from '@/lib/format';
import type { CallRow } from '@/lib/types';

/** `Call from +1…23, 2 min 14 s, Interested, Sarah`. */
export function titleOf(call: CallRow | undefined): string {
  if (!call) return '';
  const { direction, from, to, duration_s, disposition, status, agent } = call;
  const [word, number] = direction === 'inbound' || !to ? ['from', from] : ['to', to];
  return [
    number ? `Call ${word} ${number}` : `Call ${call.provider_call_id}`,
    duration_s !== null && wait(duration_s * 1_000_000),
    disposition ?? status,
    agent,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Whether the lists of a flow's filters have a call's words; conditions are not looked at. */
export function fits(call: CallRow, where: Json | undefined): boolean {
  const filters = objectOf(where);
  const has = (name: string, value: string | null) => {
    const words = listOf(filters[name]).map((word) => textOf(word).toLowerCase());
    return words.length === 0 || words.includes((value ?? '').toLowerCase());
  };
  const { min_duration_s: least, max_duration_s: most } = filters;
  const lasted = call.duration_s ?? 0;
  return (
    has('campaigns', call.campaign) &&
    has('agents', call.agent) &&
    has('dispositions', call.disposition) &&
    has('statuses', call.status) &&
    !(typeof least === 'number' && lasted < least) &&
    !(typeof most === 'number' && lasted > most)
  );
}
