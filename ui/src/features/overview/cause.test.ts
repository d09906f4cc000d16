import { expect, it } from 'vitest';
import type { Alert } from '@/lib/types';
import { causeOf } from './cause';

const alert = (some: Partial<Alert>) =>
  causeOf({
    flow_id: null,
    run_id: null,
    agent: null,
    destination: null,
    endpoint_id: null,
    ...some,
  } as Alert);

it('an alert leads to the screen on which its trouble is ended', () => {
  expect(alert({ kind: 'budget', flow_id: 'flow_1', agent: 'Ada' })).toEqual({ to: '/usage' });
  expect(alert({ kind: 'endpoint_reconcile_failing', endpoint_id: 'ep_1' })).toEqual({
    to: '/endpoints/$endpointId',
    params: { endpointId: 'ep_1' },
  });
  expect(alert({ kind: 'destination_failing', destination: 'crm.example:443' })).toEqual({
    to: '/destinations/$name',
    params: { name: 'crm.example:443' },
  });
  expect(alert({ kind: 'agent_quiet', agent: 'Ada' })).toEqual({ to: '/calls', search: { agent: 'Ada' } });
});
