import { BellRing, SunMoon } from 'lucide-react';

/** Every settings screen: its place, what it is for. The order here is the order on the screen. */
export const entries = [
  {
    title: 'Workspace',
    items: [
      {
        to: '/settings/notify',
        label: 'Notifications',
        about: 'Who is told when a flow or a destination fails.',
        icon: BellRing,
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
