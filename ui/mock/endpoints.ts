import type { Endpoint } from '../src/lib/types';
import { id } from './ids.ts';
import { at } from './time.ts';

export const endpoints: Endpoint[] = [
  {
    id: id('ep', 1),
    provider: 'vapi',
    name: 'Vapi production',
    url: 'https://hooks.example.com/v1/in/4pX7QmC2sT9vJ1kR6yWbZ3nD8fHgLa5E',
    created_at: at(400_000),
    updated_at: at(400_000),
    version: 1,
    signature: 'required',
    has_secret: true,
    enabled: true,
    reconcile: {
      every_s: 300,
      look_back_h: 24,
      base_url: null,
      api: { assistant_id: 'desk' },
      last_at: at(120),
      next_at: at(-180),
      known_until: at(1_020),
      found: { listed: 31, known: 28, backfilled: 2, live: 1, waiting: 0, refused: 0 },
      backfilled: 5,
      failing_since: null,
      failures: 0,
      error: null,
    },
    first_message_at: at(390_000),
  },
];

const field = (name: string, title: string, secret: boolean, required: boolean) => ({
  name,
  title,
  help: 'Where it is found, or what it is for.',
  secret,
  required,
});
export const providers = [
  { name: 'autocalls', title: 'Autocalls', signs: false, auth: [field('secret', 'Token', true, false)] },
  { name: 'custom', title: 'Custom', signs: true, auth: [field('secret', 'Secret', true, true)] },
  { name: 'telnyx', title: 'Telnyx', signs: true, auth: [field('public_key', 'Public key', false, true)] },
  {
    name: 'vapi',
    title: 'Vapi',
    signs: true,
    auth: [field('secret', 'Secret', true, true), field('header', 'Header', false, false)],
    call_list: [field('api_key', 'API key', true, true), field('assistant_id', 'Assistants', false, false)],
  },
];
