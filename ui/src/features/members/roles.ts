import type { Role } from '@/lib/types';

/** From the most to the least. */
export const roles: Role[] = ['owner', 'admin', 'editor', 'operator', 'viewer'];

export const roleName = (role: Role): string => role[0]?.toUpperCase() + role.slice(1);
