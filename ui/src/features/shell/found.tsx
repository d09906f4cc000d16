import { Contact, Phone } from 'lucide-react';
import { matches } from '@/components/finder';
import { phone } from '@/lib/format';
import { nameOf } from '@/lib/names';
import { numberIn } from '@/lib/number-in';
import type { Found } from '@/lib/server/find';
import type { Entries, Entry } from './entries';
import { icons } from './icons';

type Group = { label: string; items: Entry[] };

/** Ids that lead to a screen, by what they begin with. */
const ids = {
  run: (id: string) => ({ to: '/runs/$runId', params: { runId: id } }) as const,
  call: (id: string) => ({ to: '/calls/$callId', params: { callId: id } }) as const,
  flow: (id: string) => ({ to: '/flows/$flowId', params: { flowId: id } }) as const,
  agent: (id: string) => ({ to: '/agents/$agentId', params: { agentId: id } }) as const,
  ep: (id: string) => ({ to: '/endpoints/$endpointId', params: { endpointId: id } }) as const,
};
const what = { run: 'Run', call: 'Call', flow: 'Flow', agent: 'Agent', ep: 'Endpoint' };
const signs = { run: icons.r, call: icons.c, flow: icons.f, agent: icons.g, ep: icons.e };

function byId(words: string): Entry[] {
  const [, prefix] = /^(run|call|flow|agent|ep)_[0-9a-z]{26}$/i.exec(words) ?? [];
  if (!prefix) return [];
  const kind = prefix.toLowerCase() as keyof typeof ids;
  const Icon = signs[kind];
  const id = words.toLowerCase();
  return [
    { value: id, label: `Open the ${what[kind].toLowerCase()}`, hint: id, icon: <Icon />, to: ids[kind](id) },
  ];
}

function byNumber(words: string): Entry[] {
  const number = numberIn(words);
  if (!number) return [];
  return [
    {
      value: 'number',
      label: `Calls with ${phone(number)}`,
      hint: 'This number or a part of it, from or to',
      icon: <Phone />,
      to: { to: '/calls', search: { q: number } },
    },
  ];
}

/** What fits the words, in groups: what was meant exactly comes first, what would be done or opened last. An `old` list was found for
 * other words: only what fits these as well is of use. */
export function found(
  words: string,
  own: Entries,
  list: Found | undefined,
  event: string | null | undefined,
  old = false,
): Group[] {
  const fits = (entries: Entry[]) => entries.filter((entry) => matches(entry, words));
  const still = (entries: Entry[]) => (old ? fits(entries) : entries);
  const ofEvent: Entry[] = event
    ? [
        {
          value: 'event',
          label: 'Open the call of this event',
          hint: words,
          icon: <Phone />,
          to: { to: '/calls/$callId', params: { callId: event }, search: { tab: 'events' } },
        },
      ]
    : [];
  const [Flow, Agent, Recipe] = [icons.f, icons.g, icons.p];
  const groups: Group[] = [
    { label: 'Exactly this', items: [...byId(words), ...ofEvent, ...byNumber(words)] },
    {
      label: 'Flows',
      items: still(
        (list?.flows ?? []).map(({ id, name, key, enabled, paused }) => ({
          value: id,
          label: name,
          hint: [paused ? 'paused' : !enabled && 'off', key].filter(Boolean).join(' · '),
          icon: <Flow />,
          to: { to: '/flows/$flowId', params: { flowId: id } },
        })),
      ),
    },
    {
      label: 'Agents',
      items: still(
        (list?.agents ?? []).map(({ id, name, provider }) => ({
          value: id,
          label: name,
          hint: provider ?? undefined,
          icon: <Agent />,
          to: { to: '/agents/$agentId', params: { agentId: id } },
        })),
      ),
    },
    {
      label: 'Contacts',
      items: still(
        (list?.contacts ?? []).map((contact) => ({
          value: contact.id,
          label: nameOf(contact) || phone(contact.phone),
          hint: [contact.company, phone(contact.phone)].filter(Boolean).join(' · '),
          icon: <Contact />,
          to: { to: '/contacts/$contactId', params: { contactId: contact.id } },
        })),
      ),
    },
    {
      label: 'Recipes',
      items: still(
        (list?.recipes ?? []).map(({ key, name }) => ({
          value: `recipe-${key}`,
          label: name,
          icon: <Recipe />,
          to: { to: '/recipes/$recipe', params: { recipe: key } },
        })),
      ),
    },
    { label: 'Do', items: fits(own.actions) },
    { label: 'Go to', items: fits(own.places) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}
