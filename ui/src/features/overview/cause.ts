/** Where trouble comes from: the screen on which it can be understood and ended. */
import type { LinkProps } from '@tanstack/react-router';
import type { Alert } from '@/lib/types';

export function causeOf({
  kind,
  flow_id: flow,
  run_id: run,
  agent,
  agent_id: agentId,
  destination,
  endpoint_id: endpoint,
}: Alert): LinkProps {
  if (destination) return { to: '/destinations/$name', params: { name: destination } };
  if (kind === 'budget') return { to: '/usage' };
  if (endpoint) return { to: '/endpoints/$endpointId', params: { endpointId: endpoint } };
  if (agent) return { to: '/calls', search: { agent } };
  if (kind === 'flow_failing' && run) return { to: '/runs/$runId', params: { runId: run } };
  if (agentId) return { to: '/agents/$agentId', params: { agentId } };
  if (flow) return { to: '/flows/$flowId', params: { flowId: flow } };
  return { to: '/alerts' };
}
