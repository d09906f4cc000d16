import { useQuery } from '@tanstack/react-query';
import { BellRing, Building2, Hourglass, Network, ScrollText, SunMoon, Users } from 'lucide-react';
import { sessionQuery } from '@/lib/server/session';

/** Every settings screen: its place, what it is for, and the permission without which it shows nothing. In the order of the screen. */
const entries = [
  {
    title: 'Workspace',
    items: [
      {
        to: '/settings/workspace',
        label: 'Workspace',
        about: 'Its name and address, how long calls are waited for, when flows are paused.',
        icon: Building2,
      },
      {
        to: '/settings/members',
        label: 'Members',
        about: 'Who may sign in, and what each may do.',
        icon: Users,
      },
      {
        to: '/settings/notify',
        label: 'Notifications',
        about: 'Who is told when a flow or a destination fails.',
        icon: BellRing,
      },
      {
        to: '/settings/network',
        label: 'Network',
        about: 'Internal networks that requests may reach, and where requests come from.',
        icon: Network,
      },
      {
        to: '/settings/retention',
        label: 'Retention and redaction',
        about: 'How long what is kept, what not everybody may see, forgetting a number.',
        icon: Hourglass,
      },
      {
        to: '/settings/audit',
        label: 'Audit log',
        about: 'Who did what, and when.',
        icon: ScrollText,
        needs: 'admin',
      },
    ],
  },
  {
    title: 'This browser',
    items: [
      {
        to: '/settings/appearance',
        label: 'Appearance',
        about: 'Light, dark, or as the system.',
        icon: SunMoon,
      },
    ],
  },
] as const;

/** Those that show something to whoever is signed in. */
export function useEntries() {
  const scopes = useQuery(sessionQuery()).data?.scopes;
  return entries.map((group) => ({
    title: group.title,
    items: group.items.filter((item) => !('needs' in item) || !scopes || scopes.includes(item.needs)),
  }));
}
