import type { Key, Secret } from '../src/lib/types';
import { flows } from './flows.ts';
import { id } from './ids.ts';
import { at } from './time.ts';

export const keys: Key[] = [
  {
    id: id('key', 1),
    name: 'Billing service',
    created_at: at(900_000),
    scopes: ['read'],
    last_four: 'x9Qa',
    expires_at: at(-2_000_000),
    last_used_at: at(600),
  },
  {
    id: id('key', 2),
    name: 'Event forwarder',
    created_at: at(800_000),
    scopes: ['ingest'],
    last_four: 'T3bK',
    expires_at: null,
    last_used_at: null,
  },
];

export const secrets: Secret[] = ['crm_webhook', 'crm_key', 'slack_token'].map((name) => ({
  name,
  public_keys: name === 'crm_webhook' ? ['whpk_aBrhp/zCVzNxsZ4XvRKYSLNo4l0iQuwdi2dlo4qmKQw='] : [],
  used_by: name === 'crm_key' ? flows.slice(0, 2).map((flow) => ({ id: flow.id, name: flow.name })) : [],
  created_at: at(500_000),
  updated_at: at(300_000),
}));
