import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from './server/session';
import type { Role, Scope } from './types';

const may: Record<Role, string> = {
  owner: 'may do everything',
  admin: 'may do everything but change owners',
  editor: 'changes flows, agents and campaigns, but no keys, secrets, connections or members',
  operator: 'replays and cancels runs and keeps contacts, but changes no flows',
  viewer: 'looks at everything and changes nothing',
};

/** What a role means, in the words of a sentence that begins with it. */
export const roleMeans = (role: Role): string => may[role];

/**
 * Whether this session may do a thing, and otherwise why not, for a button to say. It spares people a refusal: the server decides.
 */
export function useMay(scope: Scope): { may: boolean; why: string | undefined } {
  const { data } = useQuery(sessionQuery());
  if (!data || data.scopes.includes(scope)) return { may: true, why: undefined };
  const role = data.role
    ? `Your role is ${data.role}: it ${roleMeans(data.role)}.`
    : 'This key may not do it.';
  return { may: false, why: `${role} Ask an owner or admin.` };
}
