import type { NavigateOptions } from '@tanstack/react-router';
import { Bot, Moon, PhoneCall, Plus, Sun } from 'lucide-react';
import type { Choice } from '@/components/finder';
import { Kbd } from '@/components/kbd';
import { useMay } from '@/lib/may';
import { places } from '@/lib/shortcuts';
import { setTheme } from '@/lib/theme';
import { icons } from './icons';
import { useIsShown } from './use-is-shown';

/** What the palette offers: where it leads, or what it does. */
export type Entry = Choice & { to?: NavigateOptions; act?: () => void };
export type Entries = { actions: Entry[]; places: Entry[] };

/** What can be done and where one can go, whatever there is: only what this person may. */
export function useEntries(): Entries {
  const write = useMay('write').may;
  const isShown = useIsShown();
  const writing: Entry[] = [
    {
      value: 'new-flow',
      label: 'New flow',
      words: 'create make',
      icon: <Plus aria-hidden="true" />,
      to: { to: '/flows/new' },
    },
    {
      value: 'new-agent',
      label: 'New agent',
      words: 'create make assistant',
      icon: <Bot aria-hidden="true" />,
      to: { to: '/agents', search: { open: 'new' } },
    },
    {
      value: 'rehearse',
      label: 'Send a rehearsal call',
      words: 'play test demo',
      icon: <PhoneCall aria-hidden="true" />,
      to: { to: '/developers/rehearsal' },
    },
  ];
  const theme = (value: 'light' | 'dark' | 'system', label: string): Entry => ({
    value: `theme-${value}`,
    label,
    words: 'appearance colour mode',
    icon: value === 'dark' ? <Moon aria-hidden="true" /> : <Sun aria-hidden="true" />,
    act: () => setTheme(value),
  });
  return {
    actions: [
      ...(write ? writing : []),
      theme('light', 'Theme: light'),
      theme('dark', 'Theme: dark'),
      theme('system', 'Theme: as the system'),
    ],
    places: (Object.keys(places) as (keyof typeof places)[]).filter(isShown).map((key) => {
      const Icon = icons[key];
      return {
        value: `place-${key}`,
        label: places[key].label,
        words: 'go to open',
        icon: <Icon aria-hidden="true" strokeWidth={1.75} />,
        keys: [<Kbd key="g">g</Kbd>, <Kbd key={key}>{key}</Kbd>],
        to: { to: places[key].to },
      };
    }),
  };
}
