/** Where trouble comes from: the screen on which it can be understood and ended. */
import type { LinkProps } from '@tanstack/react-router';
import type { Alert } from '@/lib/types';

export function causeOf({ kind, flow_id: flow, run_id: run, agent, agent_id: agentId }: Alert): LinkProps {
  if (kind === 'destination_failing') return { to: '/destinations' };
  if (kind === 'budget') return { to: '/usage' };
  if (kind === 'endpoint_reconcile_failing') return { to: '/endpoints' };
  if (agent) return { to: '/calls', search: { agent } };
  if (kind === 'flow_failing' && run) return { to: '/runs/$runId', params: { runId: run } };
  if (agentId) return { to: '/agents/$agentId', params: { agentId } };
  if (flow) return { to: '/flows/$flowId', params: { flowId: flow } };
  return { to: '/alerts' };
}
