import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { setTheme, type Theme, useTheme } from '@/lib/theme';

const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const icons = { system: Monitor, light: Sun, dark: Moon };
const names = { system: 'the system’s theme', light: 'light', dark: 'dark' };

export function ThemeSwitch() {
  const theme = useTheme();
  const Icon = icons[theme];
  return (
    <IconButton
      size="sm"
      label={`Theme: ${names[theme]}. Change to ${names[next[theme]]}`}
      icon={<Icon aria-hidden="true" />}
      onClick={() => setTheme(next[theme])}
    />
  );
}
