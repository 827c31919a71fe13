import { Moon, Sun } from 'lucide-react';
import { Button } from '#web/components/button.tsx';
import { useTheme } from '#web/hooks/use-theme.ts';

export function ThemeSwitch() {
  const { theme, switchTheme } = useTheme();
  const Icon = theme === 'dark' ? Sun : Moon;
  return (
    <Button
      tone="bare"
      icon
      onClick={switchTheme}
      aria-label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
    </Button>
  );
}
